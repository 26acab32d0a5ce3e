// Arbitrary filters, as the parameters that people and programs write.
import fc from 'fast-check'
import type { Parameters } from '../../../src/domain/filter-parameters.ts'

export const TAGS = ['exports', 'trade', 'sport', 'C++', 'R&D', 'Night Market', '经济']
export const SECTIONS = ['News', 'News/Local', 'News/Local/Traffic', 'Finance', '新闻/本地']
export const AUTHORS = ['Newsroom', 'Metro desk', '本地部']
export const LANGUAGES = ['en', 'zh', 'zh-Hans', 'zh-Hant-TW']

function terms(name: string, from: readonly string[]): fc.Arbitrary<[string, string]> {
  return fc
    .tuple(fc.boolean(), fc.array(fc.constantFrom(...from), { minLength: 1, maxLength: 3 }))
    .map(([without, chosen]) => [name, `${without ? '-' : ''}${chosen.join(',')}`])
}

const parameter: fc.Arbitrary<readonly [string, string]> = fc.oneof(
  { weight: 4, arbitrary: terms('tag', TAGS) },
  { weight: 2, arbitrary: terms('category', SECTIONS) },
  terms('author', AUTHORS),
  terms('lang', LANGUAGES),
  fc.constantFrom<[string, string]>(
    ['q', 'text'],
    ['q', 'News town'],
    ['depth', '0'],
    ['q', '正文'],
  ),
)

const bounds = fc.record(
  {
    since: fc.constantFrom(
      '2026-06-20',
      '2026-06-22T10:00:00Z',
      'P7D',
      'P1W',
      'PT36H',
      '2026-06-23 08:30',
    ),
    until: fc.constantFrom(
      '2026-06-24',
      '2026-06-24T16:00:00Z',
      'P1D',
      '2026-06-26T00:00:00.5+08:00',
    ),
  },
  { requiredKeys: [] },
)

/** Parameters of a filter, in any order, some of them twice. */
export const parameters: fc.Arbitrary<Parameters> = fc
  .tuple(fc.array(parameter, { maxLength: 5 }), bounds)
  .map(([some, { since, until }]) => [
    ...some,
    ...(since === undefined ? [] : [['since', since] as const]),
    ...(until === undefined ? [] : [['until', until] as const]),
  ])
