// rss-parser (npm, xml2js): as its users call it, without custom fields.
import Parser from 'rss-parser'
import { present, type ReadEntry, type Reader, utc } from './reader.ts'

/** What it gives beside the fields that its types name. */
interface Undeclared {
  id?: string
  author?: string
  'content:encoded'?: string
  'dc:creator'?: string
}

export const rssParser: Reader = {
  name: 'rss-parser',
  reads: ['rss', 'atom'],
  cannot: 'rss-parser 3.13 reads XML only',
  losses: [
    {
      formats: ['rss', 'atom'],
      why: 'it keeps the first of several authors',
      sees: ({ authors }) => ({ authors: authors.slice(0, 1) }),
    },
    {
      formats: ['atom'],
      why: 'it reads no categories in Atom',
      sees: () => ({ categories: undefined }),
    },
  ],
  read,
}

async function read(url: string): Promise<ReadEntry[]> {
  const { items } = await new Parser<object, Undeclared>().parseURL(url)
  return items.map((item) => {
    const author = item['dc:creator'] ?? item.author
    return present({
      id: item.guid ?? item.id,
      title: item.title ?? '',
      link: item.link,
      published: utc(item.isoDate),
      authors: author === undefined ? [] : [author],
      categories: item.categories?.map(textOf),
      html: item['content:encoded'] ?? item.content,
    })
  })
}

/** A category with attributes comes as xml2js has it, an object, whatever the types say. */
function textOf(category: string | { _?: string }): string {
  return typeof category === 'string' ? category : (category._ ?? '')
}
