// Checks what the command line says of the site by the rules of `site.yaml`.
import { checkRecord } from '../content/records/check-record.ts'
import { siteRecord } from '../content/site/site-record.ts'
import { UsageError, type Values } from './options.ts'

const said = siteRecord
  .pick({ title: true, url: true, timezone: true, language: true, generator: true })
  .partial()

/** @throws UsageError where a value is wrong: reported later, it would be looked for in `site.yaml`. */
export function checkSiteOptions(values: Values): void {
  const given = Object.entries(values).filter(
    ([name, value]) => name in said.shape && value !== undefined,
  )
  const refuse = (_: unknown, [name]: readonly (string | number)[], sentence: string) => {
    throw new UsageError(`--${name} ${sentence}`)
  }
  checkRecord(said, given, refuse, () => true)
}
