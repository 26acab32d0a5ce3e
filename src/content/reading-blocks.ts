// Readings of files written down, so that another thread or a later process has them without reading the files.
import type { Article, Author } from '../domain/article.ts'
import type { Category } from '../domain/category.ts'
import { NONE } from './compact.ts'
import type { FileFacts } from './files.ts'
import { type LaidFacts, layAgain, placeOf } from './laid-article.ts'
import {
  type FileReading,
  type Made,
  type MadeArticle,
  NOTHING_ASKED,
  type Work,
} from './making.ts'
import type { Site } from './site.ts'
import type { Spool } from './spool.ts'
import { shareTerm } from './terms.ts'

/**
 * What some readings say, as JSON; the words of their articles lie elsewhere, and aren't looked at to read it. A reading may
 * go on in the next block. Values are taken for what they were when this program wrote them.
 */
export type BlockText = string

interface BlockContent {
  /** Those of its articles, each once: most of what an article says is terms that others have. */
  readonly terms: readonly Term[]
  /** Behind each file its articles. */
  readonly items: readonly (FileItem | ArticleItem)[]
}

/** A tag, the path of a section, or an author. */
type Term = Category | readonly Category[] | Author

/** Without what most have nothing of. */
interface FileItem
  extends Pick<FileReading, 'stamp' | 'digest' | 'count' | 'link'>,
    Partial<Pick<FileReading, 'problems' | 'pictures'>> {
  readonly file: string
  readonly asked?: {
    readonly media: [string, (FileFacts | null | undefined)?][]
    readonly articles: [string, (string | null | undefined)?][]
  }
  readonly making?: Made['problems']
  /** How many articles follow. */
  readonly articles: number
}

interface ArticleItem {
  readonly at: number
  /** Where its words lie. */
  readonly offset: number
  readonly length: number
  readonly isMade: boolean
  readonly facts: WrittenFacts
}

type Shared = 'tags' | 'sections' | 'authors'
type List = 'contributors' | 'pictures' | 'recordings' | 'sources' | 'related' | 'files'

/**
 * Terms as their places among the block's; without empty lists, and without what is the file's link or the
 * publication's rights.
 */
type WrittenFacts = Omit<LaidFacts, Shared | List | 'link' | 'rights'> & {
  readonly [K in Shared]: readonly number[]
} & { readonly [K in List | 'link' | 'rights']: LaidFacts[K] | undefined }

/**
 * Bytes of words, or items, of a full block: some twenty milliseconds of work. Of 4 MB, which say their terms less often, a
 * second start would take a twelfth less, and leave 25 MB more behind.
 */
const MOST_WORDS = 512 * 1024
const MOST_ITEMS = 2_000

/** Whether a reading can be written down: all of its articles lie somewhere, and none is to be made yet. */
export function canWrite({ stamp, made }: FileReading, site: Site): boolean {
  return (
    stamp !== undefined &&
    made?.site === site &&
    made.articles.every(([article]) => placeOf(article) !== undefined)
  )
}

export interface OpenBlock {
  /** Of a reading, all but its articles, which are to be added next. */
  readonly addFile: (file: string, reading: FileReading) => void
  readonly addArticle: (article: Article) => void
  readonly isFull: () => boolean
  readonly close: () => BlockText
}

/** @param spool where words are to lie; those that lie elsewhere are copied. */
export function openBlock({ publication }: Site, spool: Spool): OpenBlock {
  const terms = new Map<Term, number>()
  const items: (FileItem | ArticleItem)[] = []
  let link: string | undefined
  let bytes = 0
  const placed = (term: Term): number => {
    const known = terms.get(term)
    if (known === undefined) terms.set(term, terms.size)
    return known ?? terms.size - 1
  }
  return {
    addFile(file, reading) {
      const { stamp, digest, count, problems, pictures, made } = reading
      const { articles = NONE, asked = NOTHING_ASKED, problems: making = NONE } = made ?? {}
      link = reading.link
      items.push({
        file,
        stamp,
        digest,
        count,
        link,
        ...(problems.length > 0 && { problems }),
        ...(pictures.length > 0 && { pictures }),
        ...(asked !== NOTHING_ASKED && {
          asked: { media: [...asked.media], articles: [...asked.articles] },
        }),
        ...(making.length > 0 && { making }),
        articles: articles.length,
      })
    },
    addArticle(article) {
      const place = placeOf(article)
      if (place === undefined) return
      const { at, lies, isMade } = place
      const { offset, length } = place.spool === spool ? lies : spool.append(place.spool.read(lies))
      bytes += length
      const { id, slug, hasOwnPage, title, published, updated, draft, language } = article
      const { tags, sections, authors, rights } = article
      const { digest, expires, withdrawn } = article as Article & LaidFacts
      const facts = {
        id,
        slug,
        hasOwnPage,
        title,
        published,
        updated,
        draft,
        language,
        digest,
        tags: tags.map(placed),
        sections: sections.map(placed),
        authors: authors.map(placed),
        contributors: unlessEmpty(article.contributors),
        pictures: unlessEmpty(article.pictures),
        recordings: unlessEmpty(article.recordings),
        sources: unlessEmpty(article.sources),
        related: unlessEmpty(article.related),
        files: unlessEmpty(article.files),
        link: article.link === link ? undefined : article.link,
        rights: rights === publication.rights ? undefined : rights,
        ...(expires !== undefined && { expires }),
        ...(withdrawn !== undefined && { withdrawn }),
      } satisfies WrittenFacts
      items.push({ at, offset, length, isMade, facts })
    },
    isFull: () => bytes >= MOST_WORDS || items.length >= MOST_ITEMS,
    close() {
      const block: BlockContent = { terms: [...terms.keys()], items }
      return JSON.stringify(block)
    },
  }
}

function unlessEmpty<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list
}

/** What is the same for all readings that are read. */
export interface Readings {
  readonly site: Site
  readonly work: Pick<Work, 'root' | 'habits'>
  /** Where the words lie. */
  readonly spool: Spool
}

/**
 * Reads blocks, one after the other.
 * @param take is given each reading.
 * @returns what takes a block, and where in the spool all its words lie behind.
 */
export function readingsIn(
  { site, work, spool }: Readings,
  take: (file: string, reading: FileReading) => void,
): (text: BlockText, begin: number) => void {
  const { publication } = site
  const { root, habits } = work
  let file = ''
  let link: string | undefined
  let current: MadeArticle[] = []
  let placed = 0
  const readFile = (item: FileItem) => {
    const { stamp, digest, count, problems = NONE, pictures = NONE, asked, making = NONE } = item
    file = item.file
    link = item.link
    // Of its length: one that is pushed to has room for 17, which took a fifteenth of all memory.
    current = new Array(item.articles)
    placed = 0
    const made = {
      site,
      asked: asked
        ? { media: present(asked.media), articles: present(asked.articles) }
        : NOTHING_ASKED,
      articles: current,
      problems: making,
    }
    take(file, { stamp, digest, count, problems, pictures, link, records: undefined, made })
  }
  return (text, begin) => {
    const block: BlockContent = JSON.parse(text)
    const terms = block.terms.map((term) => shareTerm(term, publication))
    const termAt = <T extends Term>(place: number) => terms[place] as T
    const readArticle = ({ at, offset, length, isMade, facts }: ArticleItem) => {
      // Field by field, which takes a third of the time of copying all that is there.
      const whole: LaidFacts = {
        id: facts.id,
        slug: facts.slug,
        hasOwnPage: facts.hasOwnPage,
        title: facts.title,
        published: facts.published,
        updated: facts.updated,
        draft: facts.draft,
        language: facts.language,
        digest: facts.digest,
        tags: facts.tags.map(termAt<Category>),
        sections: facts.sections.map(termAt<readonly Category[]>),
        authors: facts.authors.map(termAt<Author>),
        contributors: facts.contributors ?? NONE,
        pictures: facts.pictures ?? NONE,
        recordings: facts.recordings ?? NONE,
        sources: facts.sources ?? NONE,
        related: facts.related ?? NONE,
        files: facts.files ?? NONE,
        link: facts.link ?? (link as string),
        rights: facts.rights ?? publication.rights,
        ...(facts.expires !== undefined && { expires: facts.expires }),
        ...(facts.withdrawn !== undefined && { withdrawn: facts.withdrawn }),
      }
      const lying = { lies: { offset: begin + offset, length }, isMade }
      // Spelt out: each object that `work` is spread into has a layout of its own, which took a tenth of all memory.
      const origin = { of: { root, file, habits }, at }
      current[placed++] = [layAgain(whole, lying, spool, origin), undefined]
    }
    for (const item of block.items) {
      if ('file' in item) readFile(item)
      else readArticle(item)
    }
  }
}

function present<T>(
  pairs: readonly [string, (T | null | undefined)?][],
): Map<string, T | undefined> {
  return new Map(pairs.map(([key, value]) => [key, value ?? undefined]))
}
