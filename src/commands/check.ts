// `gazette check`: reads every record, makes every feed, and says what is wrong and what will bite subscribers.
import path from 'node:path'
import { advise } from '../content/advice/advice.ts'
import { type Content, readFolder } from '../content/folder/folder.ts'
import { emptyMemory } from '../content/folder/memory.ts'
import { inReadingOrder, type Problem, problem } from '../content/problem.ts'
import { NO_URL, SITE_FILE } from '../content/site/site.ts'
import { type Address, formatsOf } from '../domain/address.ts'
import { type Life, lifeAt } from '../domain/article.ts'
import type { Catalog } from '../domain/catalog.ts'
import { everyAddress } from '../domain/directory.ts'
import { termsOf } from '../domain/filter.ts'
import { retirement } from '../domain/publication.ts'
import { createPublisher, type Publisher } from '../publishing/publisher.ts'
import {
  type Checked,
  groupProblems,
  type ProblemGroup,
  printDetails,
  printSummary,
  shownOf,
  styleFor,
} from './check-report.ts'
import { siteSettings, type Values } from './options.ts'
import { type Progress, progressOn } from './progress.ts'
import { placeSpots, sourceLines } from './spots.ts'
import type { Terminal } from './terminal.ts'

const SCHEMES = ['tags', 'sections', 'authors'] as const

/** Resolves with the exit code: 0, or 1 where something has to be mended. */
export async function check(values: Values, terminal: Terminal): Promise<number> {
  const folder = path.resolve(values.content as string)
  const settings = siteSettings(values, NO_URL, path.basename(folder))
  const progress = progressOn(terminal, Date.now)
  const content = await readFolder(folder, settings, emptyMemory(), {
    progress: progress.reading,
  })
  const checked = checkContent(content, progress)
  progress.end()
  const problems = inReadingOrder(await placeSpots(folder, checked.problems))
  const groups = groupProblems(problems)
  const count = (severity: Problem['severity']) =>
    problems.filter((found) => found.severity === severity).length
  if (values.json === true) {
    const counts = { errors: count('error'), warnings: count('warning'), notes: count('note') }
    terminal.print(printJson({ ...checked, problems }, counts, groups, content.taken ?? []))
  } else {
    const style = styleFor(terminal.hasColours === true)
    const shown = groups.map((group) => shownOf(group, values.all === true))
    const lines = await sourceLines(
      folder,
      shown.flat().map((one) => one.problem),
    )
    for (const line of printSummary(checked, groups, content.taken ?? [], style)) {
      terminal.print(line)
    }
    groups.forEach((group, at) => {
      const details = printDetails(group, shown[at] ?? [], lines, style, terminal.columns)
      for (const line of details) terminal.print(line)
    })
  }
  return count('error') === 0 ? 0 : 1
}

/** Counts what there is, makes every feed, and adds the problems that only the whole folder shows. */
function checkContent(content: Content, progress: Progress): Checked {
  const { publication, articles, files, records } = content
  let problems = content.problems
  let feeds = 0
  let catalog: Catalog | undefined
  if (publication !== undefined) {
    const publisher = createPublisher({ publication, articles }, Date.now)
    catalog = publisher.catalog()
    const failures: Problem[] = []
    const addresses = everyAddress(catalog, [...catalog.publication.feeds.values()])
    for (const address of addresses) {
      progress.show('Feeds', feeds++, addresses.length)
      failures.push(...makeFeed(publisher, address))
    }
    problems = [...problems, ...advise(content, catalog), ...unknownTerms(catalog), ...failures]
  }
  return {
    title: publication?.title,
    url: publication?.base,
    files,
    records,
    articles: countLives(content, catalog?.at ?? Date.now()),
    terms: Object.fromEntries(SCHEMES.map((scheme) => [scheme, catalog?.terms[scheme].size ?? 0])),
    feeds,
    problems,
  }
}

/** Articles by where they stand in their life, and how many records errors left out. */
function countLives(
  { articles, records, problems }: Content,
  now: number,
): Record<Life | 'leftOut', number> {
  const lives = { published: 0, scheduled: 0, draft: 0, expired: 0, withdrawn: 0 }
  for (const article of articles) lives[lifeAt(article, now)]++
  // A problem without a line is of no record.
  const told = (kind: Problem['kind']) =>
    problems.filter((found) => found.kind === kind && found.line !== undefined).length
  const undated = told('undated-draft')
  const leftOut = Math.max(0, records - articles.length - undated - told('no-article'))
  return { ...lives, draft: lives.draft + undated, leftOut }
}

/** Terms of saved filters that are retired, or were never used and so are probably misspelt. */
function unknownTerms({ terms, publication }: Catalog): Problem[] {
  return [...publication.feeds.values()].flatMap(({ name, filter }) =>
    termsOf(filter)
      .filter(([scheme, term]) => !terms[scheme].has(term))
      .map(([scheme, term]) => {
        const isRetired = retirement(publication.taxonomy, scheme, term) !== undefined
        const why = isRetired ? 'which is retired' : 'under which nothing was ever published'
        return problem('unknown-term', {
          file: SITE_FILE,
          field: `feeds.${name}.filter`,
          sentence: `names “${term}”, ${why}.`,
        })
      }),
  )
}

function makeFeed(publisher: Publisher, feed: Address): Problem[] {
  return formatsOf(feed, publisher.catalog().publication).flatMap((format): Problem[] => {
    const address = { ...feed, format }
    try {
      publisher.represent(address)
      return []
    } catch (error) {
      const file = publisher.urls(address)[format]
      const sentence = `The feed can't be made: ${(error as Error).message}`
      return [problem('failed-feed', { file, sentence })]
    }
  })
}

/** Everything, under names that stay. */
function printJson(
  { problems, ...counts }: Checked,
  severities: Readonly<Record<string, number>>,
  groups: readonly ProblemGroup[],
  taken: readonly string[],
): string {
  const kinds = groups.map(({ problems, ...group }) => ({ ...group, count: problems.length }))
  // The spot only served to find the place.
  const told = problems.map(({ spot: _, ...problem }) => problem)
  return JSON.stringify({ ...counts, taken, ...severities, kinds, problems: told }, undefined, 2)
}
