// Whatever stands in a field that can't, its writer is told in plain words what would be right.
import { describe, expect, it } from 'vitest'
import { inPlainWords } from '../../../../src/content/records/plain-words.ts'
import { articleRecord } from '../../../../src/content/records/record.ts'
import { siteRecord } from '../../../../src/content/site/site-record.ts'
import { readFiles } from '../../support/folder.ts'

const LONG = 'x'.repeat(30_000)
const WRONG = [5, -0.5, true, '', ' ', 'x', LONG, [], [5], ['x'], [['x']], {}, { x: 1 }]
const LISTS = [Array(300).fill('x'), [{}], [{ x: 1 }], [{ name: 5, email: 'x', url: 'x' }]]
const MAPS = [{ x: { x: 1 } }, { email: 'x', file: 5, url: 'x' }, { tags: ['x'] }, { sport: 5 }]

describe.each([
  ['an article', articleRecord],
  ['the site', siteRecord],
])('in a record of %s', (_, schema) => {
  it.each(Object.keys(schema.shape))('%s', (field) => {
    const told = [...WRONG, ...LISTS, ...MAPS].flatMap((value) => {
      const parsed = schema.safeParse({ title: 'Ferry', [field]: value }, { error: inPlainWords })
      return (parsed.error?.issues ?? []).filter(({ code }) => code !== 'unrecognized_keys')
    })
    for (const { message } of told) expect(message).toMatch(/^should (?:be|have|not be|begin) /)
  })
})

it.each([
  ['logo: crane.svg', 'logo', /^should be a map such as \{file: logo\.png\}.*found "crane\.svg"/],
  ['contact: desk', 'contact', /^should be a map with some of `name`, `email`; found "desk"/],
  ['contact: { email: desk }', 'contact.email', /^should be an e-mail address, such as /],
  ['hubs: https://a.example/', 'hubs', /^should be a list, one value per line after "- "; /],
  ['taxonomy: [tags]', 'taxonomy', /^should be a map with some of `tags`, `sections`, `authors`; /],
  ['feeds: []', 'feeds', /^should be a map, one "name: value" per line; /],
  ['permalink: [a]', 'permalink', /^should be a path such as .*, or a map with /],
  ['feeds: { a: { formats: [pdf] } }', 'feeds.a.formats[0]', /^should be rss, atom or json; /],
])('`%s` in site.yaml', async (line, field, sentence) => {
  const { problems } = await readFiles({ 'site.yaml': `title: Harbour Post\n${line}\n` })
  expect(problems).toMatchObject([{ field, sentence: expect.stringMatching(sentence), line: 2 }])
})
