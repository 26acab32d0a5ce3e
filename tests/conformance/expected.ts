// What the entries of the feeds should be: the content folder's facts under the ids and links that Gazette gives.
import { type Piece, readPublication } from './content.ts'
import type { JsonFeedDocument } from './json-feed-grammar.ts'
import { plainParagraphs, plainText, withoutSpaces } from './plain-text.ts'
import { type ExpectedEntry, type Format, fetchText } from './readers/reader.ts'

export interface KnownPiece extends Piece {
  id: string
  link: string
  /** The words that every format must show. */
  words: string
}

/** Published pieces in the order of the catalog. Ids and links are Gazette's to give: its JSON feed tells them. */
export async function knownPieces(address: string): Promise<KnownPiece[]> {
  const { pieces } = await readPublication()
  const text = await fetchText(`${address}feed.json?limit=200`)
  const { items } = JSON.parse(text) as JsonFeedDocument
  const byTitle = new Map(items.map((item) => [item.title, item]))
  if (byTitle.size !== items.length) throw new Error('two articles have one title')
  const known = pieces.map((piece) => {
    const item = byTitle.get(piece.title)
    if (item?.url === undefined) throw new Error(`"${piece.title}" is not in the JSON feed`)
    const words =
      item.content_html === undefined
        ? withoutSpaces(item.content_text ?? '')
        : plainText(item.content_html)
    return { ...piece, id: item.id, link: item.url, words }
  })
  if (known.length !== items.length) {
    const titles = new Set(pieces.map(({ title }) => title))
    const extra = items.filter(({ title = '' }) => !titles.has(title)).map(({ title }) => title)
    throw new Error(`the JSON feed has what is not published: ${extra.join(', ')}`)
  }
  return known.sort((a, b) => b.published - a.published || (a.id < b.id ? -1 : 1))
}

/** What a document of a format says of a piece. */
export function entryOf(piece: KnownPiece, format: Format): ExpectedEntry {
  const { id, link, title, published, authors, tags, sections } = piece
  return {
    id,
    link,
    title,
    published: new Date(published).toISOString(),
    authors,
    categories: categoriesIn(piece, format),
    terms: [...tags.keys(), ...sections.keys()],
  }
}

function categoriesIn({ tags, sections }: KnownPiece, format: Format): string[] {
  const paths = [...sections.values()]
  const labels = paths.map((path) => path.at(-1) ?? '')
  if (format === 'rss') return [...tags.values(), ...paths.map((path) => path.join('/'))]
  // JSON Feed has one list for tags and sections, each name once.
  return format === 'json'
    ? [...new Set([...tags.values(), ...labels])]
    : [...tags.values(), ...labels]
}

/** The paragraphs of the Markdown source, as they must stand in the full text. */
export function paragraphsOf(piece: Piece): string[] {
  return plainParagraphs(piece.markdown).map(withoutSpaces)
}
