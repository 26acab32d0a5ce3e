// Real readers poll a running server through the life of a tag: each sees just what it should, at the price it should.
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { remove, written } from '../quick/support/folder.ts'
import type { Subscription } from './polling/poller.ts'
import { POLLERS } from './polling/pollers.ts'
import { type Tap, type Tapped, tap } from './polling/tap.ts'
import { type Server, STARTING, serve } from './server.ts'

/** Some 4 kB that are no easier to pack than words. */
const fillerOf = (title: string) =>
  Array.from({ length: 450 }, (_, at) =>
    createHash('sha256').update(`${title} ${at}`).digest('hex').slice(0, 8),
  ).join(' ')
const RENAMED = 'taxonomy: {tags: {harbour: {renamedTo: quay}}}\n'
const RETIRED = 'taxonomy: {tags: {harbour: {renamedTo: quay}, quay: {retired: Closed.}}}\n'
const SUBSCRIBED = 'tags/harbour/atom.xml'

let content: string
let server: Server
let between: Tap

const save = (title: string, more = '', text = 'Boats leave at dawn.') =>
  writeFile(
    join(content, `${title.toLowerCase()}.md`),
    `---\nid: ${title}\ntitle: ${title}\npublished: 2026-03-${String(title.charCodeAt(0) - 60).padStart(2, '0')}T08:30:00Z\ntags: [harbour]\n${more}---\n${text}\n\n${fillerOf(title)}\n`,
  )
const site = (more = '') =>
  writeFile(
    join(content, 'site.yaml'),
    `title: The Ferryman\nauthority: ferry.example,2026\n${more}`,
  )

/** Does something to the content, and waits until the feed tells of it. */
async function until(change: () => Promise<unknown>): Promise<void> {
  const state = async () => {
    const answer = await fetch(server.address + SUBSCRIBED, { redirect: 'manual' })
    return `${answer.status} ${await answer.text()}`
  }
  const before = await state()
  await change()
  await vi.waitFor(async () => expect(await state()).not.toBe(before), 20_000)
}

beforeAll(async () => {
  content = written({})
  between = await tap()
  await site()
  for (const title of ['Able', 'Baker', 'Charlie']) await save(title)
  // What it says of itself leads through the tap, so that a move does too.
  server = await serve({ content, url: between.address })
  between.leadTo(server.address)
}, STARTING)

afterAll(async () => {
  console.log(table())
  await server.stop()
  await between.close()
  remove(content)
})

interface Visit {
  readonly step: string
  readonly reader: string
  readonly answers: readonly Tapped[]
}
const visits: Visit[] = []

const subscriptions = new Map<string, Subscription>()
const homes: string[] = []

async function subscribe(name: string): Promise<Subscription> {
  const home = written({})
  homes.push(home)
  const poller = POLLERS.find((one) => one.name === name) ?? expect.fail(name)
  return poller.subscribe(home, between.address + SUBSCRIBED)
}

async function poll(step: string, reader: string, subscription: Subscription): Promise<number[]> {
  between.take()
  await subscription.poll()
  const answers = between.take().filter(({ target }) => target.endsWith('atom.xml'))
  visits.push({ step, reader, answers })
  return answers.map(({ status }) => status)
}

const titles = async (subscription: Subscription) =>
  (await subscription.holds()).map(({ title }) => title).sort()

beforeAll(async () => {
  for (const { name } of POLLERS) subscriptions.set(name, await subscribe(name))
})

afterAll(async () => {
  for (const subscription of subscriptions.values()) await subscription.end()
  homes.forEach(remove)
})

const READERS = POLLERS.map((poller) => [poller.name, poller] as const)
const of = (name: string) => subscriptions.get(name) ?? expect.fail(name)
const PATIENT = { timeout: 60_000 }

describe('at first', PATIENT, () => {
  it.each(READERS)('%s is given the feed whole', async (name) => {
    expect(await poll('first', name, of(name))).toEqual([200])
    expect(await titles(of(name))).toEqual(['Able', 'Baker', 'Charlie'])
  })
})

describe('when nothing is new', PATIENT, () => {
  it.each(READERS)('%s is told so', async (name, { isConditional }) => {
    // newsboat asks by what it was given from its third poll on.
    await poll('second', name, of(name))
    expect(await poll('nothing new', name, of(name))).toEqual([isConditional ? 304 : 200])
    expect(await titles(of(name))).toEqual(['Able', 'Baker', 'Charlie'])
  })
})

/** What a change costs: a delta for who asks for one and copes, else the feed. */
const costOf = ({ isConditional, neverDelta }: (typeof POLLERS)[number], asksDelta: boolean) =>
  isConditional && neverDelta === undefined && asksDelta ? 226 : 200
const asksDelta = (name: string) => !name.startsWith('sfeed')

describe('a new article', PATIENT, () => {
  beforeAll(() => until(() => save('Delta')))

  it.each(READERS)('comes to %s', async (name, poller) => {
    expect(await poll('one new', name, of(name))).toEqual([costOf(poller, asksDelta(name))])
    expect(await titles(of(name))).toEqual(['Able', 'Baker', 'Charlie', 'Delta'])
  })
})

describe('an edit that is not dated', PATIENT, () => {
  beforeAll(() => until(() => save('Baker', '', 'Boats leave at noon.')))

  it.each(READERS)('comes to %s', async (name, poller) => {
    expect(await poll('one edited', name, of(name))).toEqual([costOf(poller, asksDelta(name))])
    expect(await titles(of(name)), 'once each').toEqual(['Able', 'Baker', 'Charlie', 'Delta'])
    const held = (await of(name).holds()).find(({ title }) => title === 'Baker')
    if (poller.showsEdits) expect(held?.text).toContain('noon')
  })
})

describe('a withdrawn article', PATIENT, () => {
  beforeAll(() =>
    until(() => save('Charlie', 'withdrawn: {at: 2026-03-09, reason: It was wrong.}\n')),
  )

  it.each(READERS)('is shown to %s no more', async (name) => {
    expect(await poll('one withdrawn', name, of(name))).toEqual([200])
    expect(await titles(of(name)), 'and costs it no other').toEqual(
      expect.arrayContaining(['Able', 'Baker', 'Delta']),
    )
    const newcomer = await subscribe(name)
    await newcomer.poll()
    expect(await titles(newcomer)).toEqual(['Able', 'Baker', 'Delta'])
    await newcomer.end()
  })
})

describe('a tag that was renamed', PATIENT, () => {
  beforeAll(async () => {
    await until(() => site(RENAMED))
    await save('Echo')
    const quay = async () => (await fetch(`${server.address}tags/quay/atom.xml`)).text()
    await vi.waitFor(async () => expect(await quay()).toContain('Echo'), 20_000)
  })

  it.each(READERS)('leads %s to its feed now', async (name, { followsMoves }) => {
    const statuses = await poll('renamed', name, of(name))
    expect(statuses[0]).toBe(301)
    const has = await titles(of(name))
    expect(has).toEqual(expect.arrayContaining(['Able', 'Baker', 'Delta']))
    expect(has.filter((title) => title === 'Echo')).toHaveLength(followsMoves ? 1 : 0)
    expect(new Set(has).size, 'nothing twice').toBe(has.length)
  })
})

describe('a tag that was retired', PATIENT, () => {
  beforeAll(() => until(() => site(RETIRED)))

  it.each(READERS)('is told to %s, which loses nothing', async (name) => {
    const before = await titles(of(name))
    const statuses = await poll('retired', name, of(name))
    expect(statuses.at(-1)).toBe(410)
    expect(await titles(of(name))).toEqual(before)
  })
})

/** Status and bytes by reader and step. */
function table(): string {
  const steps = [...new Set(visits.map(({ step }) => step))]
  const rows = POLLERS.map(({ name }) => [
    name,
    ...steps.map((step) => {
      const { answers = [] } =
        visits.find((visit) => visit.step === step && visit.reader === name) ?? {}
      return answers.map(({ status, bytes }) => `${status}: ${bytes}`).join(', ')
    }),
  ])
  return [
    'Answers and their bytes on the wire',
    ...[['', ...steps], ...rows].map((row) => `| ${row.join(' | ')} |`),
  ].join('\n')
}
