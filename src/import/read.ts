// What a file is, told from its content alone, and the reading of it.
import { UnreadableSource } from '../content/syntax/source.ts'
import { readFeed } from './feed.ts'
import type { Reading } from './imported.ts'
import { readJsonFeed } from './json-feed.ts'
import { readPage } from './page.ts'
import { readPortalText } from './portal-text.ts'

/**
 * @param name of the file, where the content says too little.
 * @throws UnreadableSource where it is nothing that can be imported.
 */
export function readForeign(text: string, name = ''): Reading {
  const start = text.slice(0, LOOKED_AT).trimStart()
  if (start === '') throw new UnreadableSource('The file is empty.')
  if (/^[[{]/.test(start) && !isPlain(name)) return readJsonFeed(text)
  if (/^---\s*$/m.test(start.split('\n', 1)[0] ?? '')) {
    throw new UnreadableSource('The file has front matter: it is a record already.')
  }
  if (!start.startsWith('<')) return readPortalText(text)
  const root = rootOf(start)
  if (root === undefined || /^html$|^!doctype/.test(root)) return readPage(text)
  return /^(rss|rdf:rdf|feed|\w+:feed)$/.test(root) || start.startsWith('<?xml')
    ? readFeed(text)
    : readPage(text)
}

/** UTF-16 units in which the root element must begin. */
const LOOKED_AT = 20_000

function isPlain(name: string): boolean {
  return /\.te?xt$/i.test(name)
}

/** The name of the first element, behind declarations and comments; of HTML, the word `html`. */
function rootOf(start: string): string | undefined {
  if (/<!doctype\s+html/i.test(start.slice(0, 1000))) return 'html'
  const rest = start.replace(/<!--.*?-->|<\?.*?\?>|<!doctype[^[>]*(\[.*?\]\s*)?>/gis, '')
  return /<([a-z][\w:.-]*)/i.exec(rest)?.[1]?.toLowerCase()
}
