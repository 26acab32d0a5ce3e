// Advice: what no record has wrong and still will hurt subscribers, by a look at the whole folder and the clock.
import { type Article, type Instant, lifeAt } from '../../domain/article.ts'
import type { Catalog } from '../../domain/catalog.ts'
import type { Publication } from '../../domain/publication.ts'
import { asWallTime, asWholeDay } from '../../domain/time.ts'
import type { ArticleSource } from '../articles/making.ts'
import { strayHost } from '../articles/references.ts'
import { type Content, sourceOf } from '../folder/folder.ts'
import { type Problem, problem } from '../problem.ts'
import type { Report } from '../records/check-record.ts'
import { NO_AUTHORITY, NO_URL, SITE_FILE } from '../site/site.ts'
import { inNumbers } from '../syntax/dates.ts'
import { adviseBody, whereabouts } from './links.ts'
import { adviseTerms } from './terms.ts'

/**
 * Warnings about what is or will be published; drafts and what has left the feeds harm nobody.
 * @param catalog of the content as of now.
 */
export function advise(content: Content, catalog: Catalog): Problem[] {
  const { publication, at } = catalog
  const { zone, base } = publication
  const problems: Problem[] = []
  const articles = content.articles.filter((article) =>
    ['published', 'scheduled'].includes(lifeAt(article, at)),
  )
  if (base === NO_URL && articles.length > 0) problems.push(NO_URL_GIVEN)
  adviseAuthority(articles, publication, problems)
  const where = whereabouts(content)
  const firstAt = new Map<string, string>()
  const slugs = new Set(content.articles.map(({ slug }) => slug))
  for (const article of articles) {
    const source = sourceOf(content, article)
    if (source === undefined) continue
    const report = source.record.reportTo(problems)
    adviseId(source, report)
    adviseDates(article, zone, at, report)
    adviseShape(article, base, report)
    if (article.link.startsWith(base)) adviseAddress(article, source, firstAt, report)
    adviseTags(source, report)
    adviseRelated(article, slugs, report)
    adviseBody(source, publication, where, problems)
  }
  for (const scheme of ['tags', 'sections', 'authors'] as const) {
    adviseTerms(scheme, catalog, articles, content, problems)
  }
  return problems
}

const NO_URL_GIVEN = problem('no-url', {
  file: SITE_FILE,
  field: 'url',
  sentence:
    'is missing: every link leads to where Gazette listens, which most readers cannot reach. Before anyone subscribes, set the address that they can, such as "https://portal.example/", here or with --url.',
})

function adviseAuthority(
  articles: readonly Article[],
  { authority }: Publication,
  problems: Problem[],
): void {
  if (authority !== NO_AUTHORITY) return
  const minted = articles.filter(({ id }) => id.startsWith(`tag:${NO_AUTHORITY}:`)).length
  if (minted === 0) return
  const sentence = `is missing: ${minted} of ${articles.length} ids are minted in the name of ${NO_AUTHORITY}, which is nobody. Before anyone subscribes, set a domain that is yours and the year, such as "portal.example,2026".`
  problems.push(problem('no-authority', { file: SITE_FILE, field: 'authority', sentence }))
}

function adviseId({ record: { checked } }: ArticleSource, report: Report): void {
  if (checked?.published === undefined || checked.id !== undefined) return
  if (asWholeDay(inNumbers(checked.published)) === undefined) return
  report(
    'weak-id',
    ['published'],
    'tells the day alone, so the id is minted from it and the name of the file: renamed, the article would come to subscribers as a new one. Give it an "id".',
  )
}

function adviseDates(article: Article, zone: string, now: Instant, report: Report): void {
  const { published, updated } = article
  const told = (instant: Instant) => `${asWallTime(instant, zone)} (${zone})`
  if (published > now) {
    report(
      'scheduled',
      ['published'],
      `is still to come: it enters the feeds on ${told(published)}.`,
    )
  } else if (updated > now) {
    report(
      'future-update',
      ['updated'],
      `is still to come: ${told(updated)}. Readers may sort by it.`,
    )
  }
}

function adviseShape(article: Article, base: string, report: Report): void {
  const { html, pictures, recordings, link } = article
  if (html === '' && pictures.length === 0 && recordings.length === 0) {
    report('no-text', [], 'has no text, no picture and no recording: readers open an empty entry.')
  }
  const reason = article.hasOwnPage ? undefined : strayHost(link, base)
  if (reason !== undefined) report('stray-host', ['url'], `leads to ${link}, but ${reason}.`)
  pictures.forEach(({ url, width, height }, at) => {
    if (width === undefined || height === undefined) {
      report(
        'unsized-picture',
        ['pictures', at],
        `has no "width" and "height", so that readers' pages jump when it comes: ${url}`,
      )
    }
    const reason = strayHost(url, base)
    if (reason !== undefined) {
      report('stray-host', ['pictures', at], `leads to ${url}, but ${reason}.`)
    }
  })
}

/**
 * Many readers take two entries with one link for the same. On another site two articles may be about one page.
 * @param firstAt the file of the first article at each address.
 */
function adviseAddress(
  { link }: Article,
  { record: { file } }: ArticleSource,
  firstAt: Map<string, string>,
  report: Report,
): void {
  const other = firstAt.get(link)
  if (other === undefined) firstAt.set(link, file)
  else report('same-address', ['url'], `leads to ${link}, as that of ${other} does.`)
}

function adviseRelated({ related }: Article, slugs: ReadonlySet<string>, report: Report): void {
  related.forEach((other, at) => {
    if ('url' in other || slugs.has(other.article)) return
    report('dead-link', ['related', at], `names "${other.article}", which is no article's slug.`)
  })
}

/** Typing mistakes that YAML reads as part of a name: a Chinese or Japanese comma, and a `-` without its space. */
function adviseTags({ record: { checked } }: ArticleSource, report: Report): void {
  checked?.tags?.forEach((tag, at) => {
    const [comma] = /[，、；;]/.exec(tag) ?? []
    if (comma !== undefined)
      report('joined-tags', ['tags', at], `is one tag, "${tag}": "${comma}" parts none; "," does.`)
    else if (/^-\S/.test(tag))
      report('joined-tags', ['tags', at], `is one tag, "${tag}": in a list "- " has a space.`)
  })
}
