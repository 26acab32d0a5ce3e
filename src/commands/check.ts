// `gazette check`: reads every record, makes every feed, and says what is wrong.
import path from 'node:path'
import { readFolder } from '../content/folder.ts'
import { type Problem, printProblem, problem } from '../content/problem.ts'
import { SITE_FILE } from '../content/site.ts'
import {
  type Address,
  addressOf,
  addressOfNamed,
  FEED_FORMATS,
  formatsOf,
} from '../domain/address.ts'
import { lifeAt } from '../domain/article.ts'
import { EVERYTHING, termsOf, withTerm } from '../domain/filter.ts'
import { createPublisher, type Publisher } from '../publishing/publisher.ts'
import { siteSettings, type Values } from './options.ts'
import type { Terminal } from './terminal.ts'

/** Resolves with the exit code: 0, or 1 where something has to be mended. */
export async function check(values: Values, terminal: Terminal): Promise<number> {
  const folder = path.resolve(values.content as string)
  const settings = siteSettings(values, 'http://localhost/', path.basename(folder))
  const { publication, articles, problems: found, records } = await readFolder(folder, settings)
  const problems = [...found]
  let feeds = 0
  if (publication !== undefined) {
    const publisher = createPublisher({ publication, articles }, Date.now)
    for (const address of everyAddress(publisher)) {
      problems.push(...makeFeed(publisher, address))
      feeds++
    }
    problems.push(...unknownTerms(publisher))
  }
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  const now = Date.now()
  const byLife: Record<string, number> = {}
  for (const article of articles) {
    const life = lifeAt(article, now)
    byLife[life] = (byLife[life] ?? 0) + 1
  }
  if (values.json === true) {
    terminal.print(
      JSON.stringify(
        { records, articles: byLife, feeds, errors, warnings, problems },
        undefined,
        2,
      ),
    )
  } else {
    for (const problem of problems) terminal.print(printProblem(problem))
    const lives = Object.entries(byLife)
      .map(([life, count]) => `${count} ${life}`)
      .join(', ')
    terminal.print(
      `${count(records, 'record')}: ${lives || 'no articles'}. ${count(feeds, 'feed')} made in ${FEED_FORMATS.length} formats. ${count(errors, 'error')}, ${count(warnings, 'warning')}.`,
    )
  }
  return errors === 0 ? 0 : 1
}

/** The addresses of every feed there is; those of private feeds without what opens them. */
function* everyAddress(publisher: Publisher): Generator<Address> {
  yield addressOf(EVERYTHING, 'rss')
  const { terms, publication } = publisher.catalog()
  for (const feed of publication.feeds.values()) yield addressOfNamed(feed, 'rss')
  for (const scheme of ['sections', 'tags', 'authors'] as const) {
    for (const term of terms[scheme].keys())
      yield addressOf(withTerm(EVERYTHING, scheme, term), 'rss')
  }
}

/** Terms of saved filters that nothing was ever published under: most often misspelt. */
function unknownTerms(publisher: Publisher): Problem[] {
  const { terms, publication } = publisher.catalog()
  return [...publication.feeds.values()].flatMap(({ name, filter }) =>
    termsOf(filter)
      .filter(([scheme, term]) => !terms[scheme].has(term))
      .map(([, term]) =>
        problem('unknown-term', {
          file: SITE_FILE,
          field: `feeds.${name}.filter`,
          sentence: `names “${term}”, under which nothing was ever published.`,
        }),
      ),
  )
}

function makeFeed(publisher: Publisher, feed: Address): Problem[] {
  return formatsOf(feed).flatMap((format): Problem[] => {
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

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
