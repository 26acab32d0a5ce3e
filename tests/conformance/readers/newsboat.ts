// newsboat (C++, libxml2): reloaded without a terminal, then read from its cache.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ReadEntry, type Reader, run, runPython } from './reader.ts'

interface Row {
  guid: string
  title: string
  author: string
  url: string
  pubDate: number
  content: string
}

const CACHE_READER = join(import.meta.dirname, 'newsboat-cache.py')

export const newsboat: Reader = {
  name: 'newsboat',
  reads: ['rss', 'atom'],
  cannot: 'newsboat 2.21 reads XML only: "XML root node is NULL"',
  losses: [
    {
      formats: ['rss', 'atom'],
      why: 'its cache has no column for categories',
      sees: () => ({ categories: undefined }),
    },
    {
      formats: ['rss'],
      why: 'each dc:creator takes the place of the one before it',
      sees: ({ authors }) => ({ authors: authors.slice(-1) }),
    },
    {
      formats: ['atom'],
      why: 'it keeps authors as one text, joined with a comma',
      sees: ({ authors }) => ({ authors: [authors.join(', ')] }),
    },
  ],
  read,
}

async function read(url: string): Promise<ReadEntry[]> {
  // A cache of its own for each feed: entries with one id are one row to newsboat, whatever feed they are in.
  const home = await mkdtemp(join(tmpdir(), 'gazette-newsboat-'))
  try {
    const [urls, config, cache] = ['urls', 'config', 'cache.db'].map((name) => join(home, name))
    if (urls === undefined || config === undefined || cache === undefined) throw new Error(home)
    await writeFile(urls, `"${url}"\n`)
    await writeFile(config, 'max-items 0\n')
    await run('newsboat', ['-x', 'reload', '-u', urls, '-C', config, '-c', cache], { HOME: home })
    const rows = await runPython<Row[]>(CACHE_READER, cache)
    return rows.map(({ guid, title, author, url, pubDate, content }) => ({
      id: guid,
      title,
      link: url,
      published: new Date(pubDate * 1000).toISOString(),
      authors: [author],
      html: content,
    }))
  } finally {
    await rm(home, { recursive: true })
  }
}
