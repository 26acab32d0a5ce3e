// The times of an article: published, changed, expired and withdrawn, each a moment in the site's zone.
import type { Instant, Withdrawal } from '../../domain/article.ts'
import { readMoment } from '../../domain/time.ts'
import type { FieldPath } from '../problem.ts'
import { inNumbers } from '../syntax/dates.ts'
import type { RecordInFile } from './article.ts'

/** Nothing where a time is wrong, or that of publication is missing. Each problem is reported. */
export function readTimes(
  given: RecordInFile,
  zone: string,
  isSite: boolean,
): { published: Instant; updated: Instant; expires?: Instant; withdrawn?: Withdrawal } | undefined {
  const { record, report } = given
  let right = true
  const read = (path: FieldPath, written: string | undefined, isSpare = false) => {
    if (written === undefined) return undefined
    const moment = readMoment(inNumbers(written), zone)
    if (moment === undefined) {
      const sentence = `should be a date such as 2026-03-09 or 2026-03-09 08:30; found "${written}".`
      if (isSpare) report('unread-value', path, `${sentence} It is left alone.`)
      else report('wrong-value', path, sentence)
      right &&= isSpare
    }
    return moment
  }
  const published = read(['published'], record.published)
  if (right && published === undefined) reportUndated(given, isSite)
  const isTheirs = given.generator !== undefined || !Object.hasOwn(given.written, 'updated')
  const updated = read(['updated'], record.updated, isTheirs)
  const expires = read(['expires'], record.expires)
  const withdrawnAt = read(['withdrawn'], record.withdrawn?.at)
  if (!right || published === undefined) return undefined
  if (updated !== undefined && updated < published) {
    report('early-update', ['updated'], 'is before "published", which is taken instead.')
  }
  if (expires !== undefined && expires <= published)
    report('early-expiry', ['expires'], 'is not after "published": no feed ever has the article.')
  return {
    published,
    updated: Math.max(published, updated ?? published),
    ...(expires === undefined ? {} : { expires }),
    ...(withdrawnAt === undefined ? {} : { withdrawn: { ...record.withdrawn, at: withdrawnAt } }),
  }
}

/** A draft may lack a date; and a generator's site has pages without one, which are no articles. */
function reportUndated({ record, report }: RecordInFile, isSite: boolean): void {
  if (record.draft === true) report('undated-draft', [], 'is a draft without a date.')
  else if (isSite) report('no-article', [], 'has no date: it is a page, and no article.')
  else report('undated', ['published'], 'is missing: when was the article first published?')
}
