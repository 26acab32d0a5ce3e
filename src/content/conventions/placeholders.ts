// What may stand in patterns of addresses, Gazette's own and each generator's, and its value for one article.
import { hash } from 'node:crypto'
import type { Instant } from '../../domain/article.ts'
import { slug } from '../../domain/category.ts'
import { own } from '../../domain/own.ts'
import type { Calendar } from '../../domain/time.ts'
import type { Generator } from './generator.ts'
import { readHexoName } from './hexo-name.ts'
import { cased, hyphenated, slugized, urlised, withoutDiacritics, zolaSlug } from './spelling.ts'

/** What a pattern may be filled in from. */
export interface PermalinkFacts {
  /** The moment of publication in the publication's zone, in Hugo its date as it is written; most patterns don't ask. */
  readonly date: () => Calendar
  readonly published: Instant
  /** Given by the record. */
  readonly slug?: string | undefined
  readonly title?: string | undefined
  /** The file's name without ending and day; a bundle's is its folder's. */
  readonly name: string
  /** The same with its day. */
  readonly fullName: () => string
  /** Folders from the generator's content folder inwards. */
  readonly folders: readonly string[]
  /** The same with all of the file's path, without its ending. */
  readonly levels: () => readonly string[]
  /** The levels of the first section's term. */
  readonly section: readonly string[]
  /** The sections' paths, as their labels are written. */
  readonly sections: readonly (readonly string[])[]
  /** What the record says under a name of its own. */
  readonly field: (name: string) => string | undefined
}

/** What else of a generator's configuration addresses depend on. */
export interface AddressSettings {
  /** Hexo: what files are called, such as `:year-:month-:day-:title.md`. */
  readonly newPostName?: string | undefined
  /** Hexo: of placeholders that a record says nothing of. */
  readonly defaults?: Readonly<Record<string, string>>
  /** Hugo: the folder that addresses in the publication's own language begin with. */
  readonly prefix?: string | undefined
  /** Hugo: whether addresses end in `.html`, or in which outermost folders. */
  readonly isUgly?: boolean | readonly string[]
  readonly keepsCapitals?: boolean
  readonly losesAccents?: boolean
  /** Zola: how names are spelt. */
  readonly slugify?: 'on' | 'safe' | 'off'
}

type Token = (facts: PermalinkFacts, settings: AddressSettings) => string | readonly string[]
type Tokens = Readonly<Record<string, Token>>
type Other = (name: string, ...given: Parameters<Token>) => ReturnType<Token> | undefined

const CALENDAR: Tokens = {
  year: ({ date }) => date().year,
  month: ({ date }) => date().month,
  day: ({ date }) => date().day,
}

const SHORT_CALENDAR: Tokens = {
  ...CALENDAR,
  i_month: ({ date }) => String(Number(date().month)),
  i_day: ({ date }) => String(Number(date().day)),
  short_year: ({ date }) => date().year.slice(-2),
  hour: ({ date }) => date().hour,
  minute: ({ date }) => date().minute,
  second: ({ date }) => date().second,
}

const MONTHS =
  'January February March April May June July August September October November December'.split(' ')
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')

const midnight = ({ year, month, day }: Calendar) => Date.parse(`${year}-${month}-${day}T00:00:00Z`)
const monthName = ({ month }: Calendar) => MONTHS[Number(month) - 1] as string
const weekday = (date: Calendar) => new Date(midnight(date)).getUTCDay()
const dayName = (date: Calendar) => DAYS[weekday(date)] as string
const dayOfYear = (date: Calendar) =>
  (midnight(date) - midnight({ ...date, month: '01', day: '01' })) / 86_400_000 + 1

const slugOrName = ({ slug: given, name }: PermalinkFacts) => given ?? name

export const PLACEHOLDERS: Readonly<Record<Generator | 'gazette', Tokens>> = {
  gazette: {
    ...CALENDAR,
    slug: (facts) => slug(slugOrName(facts).replaceAll('/', '-')),
    section: ({ section }) => section,
  },
  hexo: {
    ...SHORT_CALENDAR,
    timestamp: ({ published }) => String(published),
    title: (facts, settings) => hexoTitle(facts, settings).split('/'),
    name: (facts, settings) => hexoTitle(facts, settings).split('/').at(-1) as string,
    post_title: ({ title, name }) => slugized(title ?? name).toLowerCase(),
    hash: (facts, settings) => hexoHash(hexoTitle(facts, settings), facts.published),
    category: ({ sections }, { defaults }) =>
      sections.at(-1)?.map(slugized) ?? defaults?.category ?? 'uncategorized',
  },
  jekyll: {
    ...SHORT_CALENDAR,
    short_month: ({ date }) => monthName(date()).slice(0, 3),
    long_month: ({ date }) => monthName(date()),
    short_day: ({ date }) => dayName(date()).slice(0, 3),
    long_day: ({ date }) => dayName(date()),
    y_day: ({ date }) => String(dayOfYear(date())).padStart(3, '0'),
    title: (facts) => cased(slugOrName(facts)),
    slug: (facts) => hyphenated(slugOrName(facts)),
    name: ({ fullName }) => hyphenated(fullName()),
    collection: () => 'posts',
    categories: ({ sections }) => [...new Set(sections.flat().map((label) => label.toLowerCase()))],
    output_ext: () => '.html',
  },
  hugo: {
    ...CALENDAR,
    monthname: ({ date }) => monthName(date()),
    weekday: ({ date }) => String(weekday(date())),
    weekdayname: ({ date }) => dayName(date()),
    yearday: ({ date }) => String(dayOfYear(date())),
    path: ({ folders, slug: given, fullName }) => [...folders, given ?? fullName()],
    section: ({ folders }) => folders[0] ?? '',
    sections: ({ folders }) => folders,
    title: ({ title, name }) => urlised(title ?? name),
    slug: ({ slug: given, title, name }) => urlised(given ?? title ?? name),
    filename: ({ fullName }) => urlised(fullName()),
    contentbasename: ({ fullName }) => urlised(fullName()),
    slugorfilename: ({ slug: given, fullName }) => urlised(given ?? fullName()),
    slugorcontentbasename: ({ slug: given, fullName }) => urlised(given ?? fullName()),
  },
  zola: {
    sections: ({ folders }, { slugify = 'on' }) => folders.map((one) => zolaSlug(one, slugify)),
    slug: (facts, { slugify = 'on' }) => zolaSlug(slugOrName(facts), slugify),
  },
  eleventy: { path: ({ levels }) => withoutIndex(levels()) },
  astro: { sections: ({ folders }) => folders, slug: (facts) => slug(slugOrName(facts)) },
}

/** Names that no table has: in Hexo the record's own fields, in Hugo a part of a list, or a layout of Go's dates. */
export const OTHERS: Partial<Record<Generator | 'gazette', Other>> = {
  hugo: (name, { folders, date }) => {
    const [, slice] = /^sections\[(.*)\]$/.exec(name) ?? []
    if (slice !== undefined) return sliced(folders, slice)
    if (name.search(GO_LAYOUT) < 0) return undefined
    return name.replace(GO_LAYOUT, (part) => GO_DATE[part]?.(date()) ?? part)
  },
  hexo: (name, { levels, field }, { newPostName, defaults = {} }) => {
    return own(readHexoName(levels(), newPostName), name) ?? field(name) ?? own(defaults, name)
  },
}

/** A part of a list, as Hugo cuts it: `1:`, `:last`, `0`, `last`; nothing of another text. */
function sliced(list: readonly string[], cut: string): readonly string[] | undefined {
  const [, from = '', colon, to = ''] = /^(\d*|last)(?:(:)(\d*|last))?$/.exec(cut) ?? []
  const at = (index: string) => (index === 'last' ? Math.max(0, list.length - 1) : Number(index))
  if (colon === undefined) return from === '' ? undefined : list.slice(at(from), at(from) + 1)
  return list.slice(at(from), to === '' ? undefined : at(to))
}

/** Parts of a moment as Go's layouts spell them. */
const GO_DATE: Readonly<Record<string, (date: Calendar) => string>> = {
  2006: ({ year }) => year,
  '06': ({ year }) => year.slice(-2),
  January: monthName,
  Jan: (date) => monthName(date).slice(0, 3),
  Monday: dayName,
  Mon: (date) => dayName(date).slice(0, 3),
  '002': (date) => String(dayOfYear(date)).padStart(3, '0'),
  '01': ({ month }) => month,
  1: ({ month }) => String(Number(month)),
  '02': ({ day }) => day,
  2: ({ day }) => String(Number(day)),
  15: ({ hour }) => hour,
  '04': ({ minute }) => minute,
  '05': ({ second }) => second,
}
const GO_LAYOUT = /2006|January|Jan(?![a-z])|Monday|Mon(?![a-z])|002|0[12456]|15|[12]/g

/** What a generator makes of a whole path, before it is encoded. */
export const FINISHES: Partial<
  Record<
    Generator | 'gazette',
    (path: string, facts: PermalinkFacts, settings: AddressSettings) => string
  >
> = {
  hugo: (path, { folders }, { isUgly = false, keepsCapitals, losesAccents }) => {
    const plain = urlised(`${losesAccents ? withoutDiacritics(path) : path}/`)
    // Go makes one small letter of it, JavaScript two.
    const spelt = keepsCapitals ? plain : plain.replaceAll('İ', 'i').toLowerCase()
    const isFile = typeof isUgly === 'boolean' ? isUgly : isUgly.includes(folders[0] ?? '')
    return isFile ? spelt.replace(/(?<!\/)\/+$/, '.html') : spelt
  },
}

function hexoTitle({ levels }: PermalinkFacts, { newPostName }: AddressSettings): string {
  return readHexoName(levels(), newPostName).title as string
}

function hexoHash(title: string, published: Instant): string {
  return hash('sha1', `${title}${Math.floor(published / 1000)}`).slice(0, 12)
}

/** Eleventy: a page that is its folder's own, by the name `index` or the folder's, stands at the folder's address. */
function withoutIndex(levels: readonly string[]): readonly string[] {
  const last = levels.at(-1)
  return last === 'index' || last === levels.at(-2) ? levels.slice(0, -1) : levels
}
