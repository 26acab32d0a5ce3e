// What a reader sees of template code that is there for words: those in it, the heading of those that it encloses, or where they lead.
import { escaped } from '../syntax/text.ts'
import { addressIn, isShortcode, type Tag } from './template-arguments.ts'

/** What themes call the words that stand above what a tag encloses. */
const HEADINGS = ['title', 'summary', 'heading', 'header', 'label']

/** Tags whose first words, without a name, stand above: what can be opened, and tabs. */
const OPENED = /^(?:details|expand|collapse|spoiler|tab)$/
/** Tags that say first what kind of note they are, and then its title. */
const NOTES = /^(?:admonition|notice)$/

/** Tags of Hexo's themes that give words a look, which some name first, before a comma. */
const LOOKS = /^(?:del|emp|kbd|u|wavy)$/
const NAMED_LOOKS = /^(?:checkbox|p|radio|span)$/

/** Words that lead somewhere. */
const LINKS = /^(?:a|btn|button|link)$/

/** What stands above what a tag encloses, as its author wrote it. */
export function headingOf({ open, name, inside, args: { plain, named } }: Tag): string | undefined {
  const names = name === 'tab' ? [...HEADINGS, 'name'] : HEADINGS
  const given = names.map((one) => named.get(one)).find(Boolean)
  if (given !== undefined) return given
  // Hugo's users put several words in quotes, Jekyll's needn't, and name the group of a tab before it.
  const words = open === '{%' ? plain.slice(name === 'tab' ? 1 : 0).join(' ') : plain[0]
  // Butterfly's colours stand behind a comma.
  if (name === 'hideToggle') return readAfterName(inside).replace(/,.*$/s, '') || undefined
  if (OPENED.test(name)) return words || undefined
  return NOTES.test(name) && open !== '{%' ? plain[1] : undefined
}

/** A heading in a paragraph of its own. */
export function asHeading(words: string): string {
  return `\n\n<strong>${words}</strong>\n\n`
}

/** What stands in the place of a tag that encloses nothing. */
export function wordsOf(tag: Tag): string | undefined {
  const { open, name, inside, args } = tag
  // Themes read it as Markdown.
  if (isShortcode(tag)) return args.named.get('text')
  if (open !== '{%') return undefined
  if (LOOKS.test(name)) return escaped(readAfterName(inside))
  return NAMED_LOOKS.test(name)
    ? escaped(readAfterName(inside).replace(/^[^,]*,\s*/, ''))
    : undefined
}

function readAfterName(inside: string): string {
  return inside.replace(/^\w+\s*/, '')
}

export function isLink({ name }: Tag): boolean {
  return LINKS.test(name)
}

/** Nothing if more than words stand inside, or it isn't told where they lead. */
export function asLink({ args }: Tag, inside: string): string | undefined {
  const words = inside.trim()
  const href = addressIn(args) ?? args.plain[0]
  const isAddress = href !== undefined && /^(?:(?:https?|mailto):|[/#.?])/i.test(href)
  if (!isAddress || words === '' || /\{[{%]|\n\s*\n/.test(words)) return undefined
  return `<a href="${escaped(href)}">${words}</a>`
}
