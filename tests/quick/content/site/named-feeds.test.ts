// Named feeds in site.yaml: what each word of them means, and every mistake by line and column.
import { describe, expect, it } from 'vitest'
import { printProblem } from '../../../../src/content/problem.ts'
import { printFilter } from '../../../../src/domain/filter-parameters.ts'
import type { NamedFeed } from '../../../../src/domain/named-feed.ts'
import { readFiles } from '../../support/folder.ts'
import { toldAt, withoutMark } from '../../support/marked.ts'

const HASH = 'a'.repeat(64)

async function feedsOf(yaml: string): Promise<NamedFeed[]> {
  const { publication, problems } = await readFiles({
    'site.yaml': `title: T\ntimezone: Asia/Shanghai\n${yaml}`,
  })
  expect(problems).toEqual([])
  return [...(publication?.feeds.values() ?? [])]
}

describe('a named feed', () => {
  it('says everything of itself', async () => {
    const [feed] = await feedsOf(`
feeds:
  Export Desk:
    title: Exports
    description: For the desk
    filter: {tag: exports}
    limit: 50
    content: summary
    delay: P1DT6H
    formats: [json, rss]
    private: true
    tokens: [{name: a, hash: "sha256:${HASH.toUpperCase()}"}]
`)
    expect(feed).toMatchObject({
      name: 'export-desk',
      title: 'Exports',
      description: 'For the desk',
      limit: 50,
      content: 'summary',
      delay: 30 * 3_600_000,
      formats: ['rss', 'json'],
      tokens: [{ name: 'a', hash: HASH }],
    })
  })

  it('needs to say nothing', async () => {
    const [feed] = await feedsOf('feeds: {all:}\n')
    expect(feed).toMatchObject({
      name: 'all',
      limit: 30,
      content: 'full',
      delay: 0,
      formats: ['rss', 'atom', 'json'],
    })
    expect(feed).not.toHaveProperty('tokens')
  })

  it.each([
    ['{tag: [exports, trade], category: finance}', 'category=finance&tag=exports&tag=trade'],
    ['{tag: ["exports,trade", -sport]}', 'tag=exports,trade&tag=-sport'],
    ['{since: 2026-03-09, q: port}', 'since=2026-03-09&q=port'],
    ['{since: P7D, category: News/Local, depth: 0}', 'category=news/local&depth=0&since=P7D'],
    ['{tag: 2026}', 'tag=2026'],
    ['{tag: old}', 'tag=new'],
    ['"tag=exports,trade&tag=-sport&q=free+port"', 'tag=exports,trade&tag=-sport&q=free port'],
    ['"?tag=c%2B%2B"', 'tag=c++'],
    ['{}', ''],
  ])('with the filter %s asks for ?%s', async (filter, query) => {
    const [feed] = await feedsOf(
      `taxonomy: {tags: {old: {renamedTo: new}}}\nfeeds: {x: {filter: ${filter}}}\n`,
    )
    const printed = printFilter(feed?.filter ?? expect.fail(), 'Asia/Shanghai')
    expect(printed.map((pair) => pair.join('=')).join('&')).toBe(query)
  })
})

describe('a mistake in a named feed is told with its place, and nothing is published', () => {
  const HASHED = `sha256:${HASH}`
  const mistakes: Record<string, RegExp> = {
    'filtre: ‸{tag: a}': /^feeds\.x\.filtre: .*no field that belongs here/,
    'filter: {tagg: ‸a}': /^feeds\.x\.filter\.tagg: .*no filter; there are author/,
    'filter: ‸a=1': /^feeds\.x\.filter\.a: .*no filter/,
    'filter: {limit: ‸3}': /^feeds\.x\.filter\.limit: .*no filter/,
    'filter: {since: ‸soon}': /^feeds\.x\.filter\.since: .*should be a date/,
    'filter: ‸3': /^feeds\.x\.filter: .*a map such as/,
    'limit: ‸201': /^feeds\.x\.limit: .*from 1 to 200; found 201/,
    'content: ‸some': /^feeds\.x\.content: .*full or summary/,
    'delay: ‸6h': /^feeds\.x\.delay: .*such as PT6H.*found "6h"/,
    'delay: ‸P1M': /^feeds\.x\.delay: .*days, hours/,
    'formats: [‸rdf]': /^feeds\.x\.formats\[0\]: .*rss, atom or json/,
    'formats: ‸[]': /^feeds\.x\.formats: .*one format or more/,
    [`tokens: ‸[{name: a, hash: "${HASHED}"}]`]: /^feeds\.x\.tokens: .*say "private: true"/,
    'private: ‸"no"': /^feeds\.x\.private: .*true or false/,
  }

  it.each(Object.entries(mistakes))('%j', async (said, told) => {
    const yaml = `title: T\nfeeds:\n  x:\n    ${said}\n`
    const { publication, problems } = await readFiles({ 'site.yaml': withoutMark(yaml) })
    expect(publication).toBeUndefined()
    expect(problems).toMatchObject([{ severity: 'error' }])
    expect(toldAt(yaml, 'site.yaml', problems)).toMatch(told)
  })

  it.each([
    ['two of one address', 'feeds: {a b: {}, A-B: {}}\n', /the same address/],
    ['one without a letter', 'feeds: {"..": {}}\n', /can't stand in an address/],
    [
      'two tokens of one name',
      `feeds: {x: {private: true, tokens: [{name: a, hash: "${HASHED}"}, {name: a, hash: "${HASHED}"}]}}\n`,
      /name of another token/,
    ],
  ])('%s', async (_, yaml, sentence) => {
    const { problems } = await readFiles({ 'site.yaml': `title: T\n${yaml}` })
    expect(problems).toMatchObject([{ line: 2, sentence: expect.stringMatching(sentence) }])
  })

  it.each([
    ['in place of its hash', 'tokens: [{name: a, hash: SECRET}]'],
    ['in place of all tokens', 'tokens: SECRET'],
    ['as a token', 'tokens: [SECRET]'],
  ])('a secret %s, which isn’t shown', async (_, line) => {
    const { publication, problems } = await readFiles({
      'site.yaml': `title: T\nfeeds:\n  x:\n    private: true\n    ${line}\n`,
    })
    expect(publication).toBeUndefined()
    expect(problems[0]).toMatchObject({ severity: 'error', line: 5 })
    expect(problems.map(printProblem).join()).not.toContain('SECRET')
  })
})
