// sfeed (C, its own XML parser): a feed on standard input, tab-separated lines on standard output.
import { type ReadEntry, type Reader, run } from './reader.ts'

export const sfeed: Reader = {
  name: 'sfeed',
  reads: ['rss', 'atom'],
  cannot: 'sfeed 1.7 has no parser for JSON Feed (its tools read XML only)',
  losses: [
    {
      formats: ['rss', 'atom'],
      why: 'its line has one field for an author: the first one',
      sees: ({ authors }) => ({ authors: authors.slice(0, 1) }),
    },
    {
      formats: ['atom'],
      why: 'it reads the term of a category, not its label',
      sees: ({ terms }) => ({ categories: terms }),
    },
  ],
  read,
}

async function read(url: string): Promise<ReadEntry[]> {
  const lines = await run('bash', ['-c', 'set -o pipefail; curl --silent --fail "$0" | sfeed', url])
  return lines.split('\n').filter(Boolean).map(readLine)
}

function readLine(line: string): ReadEntry {
  const [timestamp, title, link, content, , id, author, , category] = line.split('\t')
  return {
    id: unescaped(id),
    title: unescaped(title),
    link: unescaped(link),
    published: new Date(Number(timestamp) * 1000).toISOString(),
    authors: [unescaped(author)],
    categories: unescaped(category).split('|').filter(Boolean),
    html: unescaped(content),
  }
}

/** sfeed(5): `\n`, `\t` and `\\` stand for what would break a line into others. */
function unescaped(field = ''): string {
  const meanings: Record<string, string> = { n: '\n', t: '\t', '\\': '\\' }
  return field.replace(/\\([nt\\])/g, (_, letter: string) => meanings[letter] ?? '')
}
