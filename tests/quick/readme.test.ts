// The README is true: it names every command, option, parameter and field that there is.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../src/commands/commands.ts'
import { GATES, NAMES, ROLES } from '../../src/content/conventions/names.ts'
import { articleRecord } from '../../src/content/records/record.ts'
import { feedRecord } from '../../src/content/site/feed-record.ts'
import { siteRecord } from '../../src/content/site/site-record.ts'
import {
  DEFAULT_ENTRIES,
  FEED_FORMATS,
  FILE_NAMES,
  MOST_ENTRIES,
  PARAMETERS,
} from '../../src/domain/address.ts'
import { isPrivate } from '../../src/domain/named-feed.ts'
import { readFiles } from './support/folder.ts'

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const NAMED_FEEDS = README.slice(README.indexOf('### Named feeds'), README.indexOf('## Commands'))
const { scripts, dependencies } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
)

describe('the README names', () => {
  it.each(Object.keys(COMMANDS))('the command %s', (name) =>
    expect(README).toContain(`gazette ${name}`),
  )

  const options = [...new Set(Object.values(COMMANDS).flatMap(({ options }) => options))]
  it.each(options)('the option --$name', ({ name, environment, default: standard }) => {
    const row = README.split('\n').find((line) => line.startsWith(`| \`--${name}\``))
    expect(row).toBeDefined()
    if (environment !== undefined) expect(row).toContain(environment)
    if (standard !== undefined) expect(row).toContain(standard)
  })

  it.each(PARAMETERS.map((name) => [name]))('the parameter %s', (name) =>
    expect(README).toContain(`\`${name}\``),
  )

  it.each(FEED_FORMATS.map((format) => [FILE_NAMES[format]]))('the document %s', (file) =>
    expect(README).toContain(file),
  )

  it.each(Object.keys(articleRecord.shape))('the article field %s', (name) =>
    expect(README).toContain(`\`${name}\``),
  )

  it.each(Object.keys(siteRecord.shape))('the site.yaml field %s', (name) =>
    expect(README).toContain(`\`${name}\``),
  )

  it.each(Object.keys(feedRecord.shape))('the field %s of a named feed', (name) =>
    expect(NAMED_FEEDS).toContain(`\`${name}\``),
  )

  it.each(Object.keys(dependencies))('the package %s', (name) =>
    expect(README).toContain(`\`${name}\``),
  )

  const foreign = [...new Set([...Object.values(NAMES).flat(), ...Object.keys(ROLES)])]
  it.each(foreign)('the name %s of a field elsewhere', (name) =>
    expect(README).toContain(`\`${name}\``),
  )

  it.each(Object.entries(GATES))('%s: %s as what keeps an article out', (name, value) =>
    expect(README).toContain(`\`${name}: ${value}\``),
  )

  it('the limits of a document', () => {
    expect(README).toContain(`default ${DEFAULT_ENTRIES}, at most ${MOST_ENTRIES}`)
  })
})

it('the named feeds that the README shows are right, one public and one private', async () => {
  const [, example = ''] = /```yaml\n(.*?)```/s.exec(NAMED_FEEDS) ?? []
  const { publication, problems } = await readFiles({ 'site.yaml': `title: T\n${example}` })
  expect(problems).toEqual([])
  expect([...(publication?.feeds.values() ?? [])].map(isPrivate)).toEqual([false, true])
})

it('the commands of the first screen exist', () => {
  const first = README.split('\n').slice(0, 40).join('\n')
  expect(first).toContain('npm ci && npm start')
  expect(first).toContain('npm ci && npm test')
  expect(scripts).toMatchObject({
    start: expect.any(String),
    test: expect.any(String),
    gazette: expect.any(String),
  })
})
