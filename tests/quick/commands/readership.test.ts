// The ledger of readers on the disk: seldom written, never torn, and never the reason for a server to fail.
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { afterEach, expect, it, vi } from 'vitest'
import { bookIn, keepLedger, lendLedger } from '../../../src/commands/readership.ts'
import type { FeedPoll } from '../../../src/readership/ledger.ts'
import { folderOf } from '../support/folder.ts'
import { DAY, NOON } from '../support/publication.ts'

const POLL: FeedPoll = {
  feed: 'rss.xml',
  at: NOON,
  method: 'GET',
  status: 200,
  freshFor: 300,
  agent: 'newsboat/2.21',
  client: '192.0.2.1',
}

afterEach(() => {
  vi.useRealTimers()
})

async function keep(state: string | undefined, clock = () => NOON) {
  const warnings: string[] = []
  return { ...(await keepLedger(state, clock, (line) => warnings.push(line))), warnings }
}

it('the ledger is written once a minute, where something was counted, and by nobody else to be read', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const state = folderOf({})
  const { ledger, close } = await keep(state)
  vi.advanceTimersByTime(60_000)
  ledger.count(POLL)
  expect(await readdir(state)).toEqual([])
  vi.advanceTimersByTime(60_000)
  await expect.poll(() => readdir(state)).toEqual(['readership.ndjson'])
  expect((await stat(bookIn(state))).mode & 0o777).toBe(0o600)
  const first = await stat(bookIn(state))
  vi.advanceTimersByTime(600_000)
  await close()
  // Another file takes the place of one that is written.
  expect((await stat(bookIn(state))).ino).toBe(first.ino)
})

it('the ledger is written at the end, and goes on from there', async () => {
  const state = folderOf({ 'readership.ndjson.new': 'left over from a crash' })
  const before = await keep(state)
  before.ledger.count(POLL)
  await before.close()
  const after = await keep(state)
  expect(after.warnings).toEqual([])
  expect([...after.ledger.feeds()].map(([feed]) => feed)).toEqual(['rss.xml'])
  expect(after.ledger.salt).toBe(before.ledger.salt)
  await after.close()
  expect(await readdir(state)).toEqual(['readership.ndjson'])
})

it.each([
  ['others ask', ['atom.xml']],
  ['nobody asks any more', []],
])('the ledger forgets who did not ask for a week, where %s', async (_, feeds) => {
  const state = folderOf({})
  const before = await keep(state)
  before.ledger.count(POLL)
  await before.close()
  const after = await keep(state, () => NOON + 8 * DAY)
  for (const feed of feeds) after.ledger.count({ ...POLL, feed, at: NOON + 8 * DAY })
  await after.close()
  expect(await readFile(bookIn(state), 'utf8')).not.toContain('rss.xml')
})

it.each([
  ['torn', '{"readership":1,'],
  ['something else', '\u0000'],
  ['empty', ''],
])('the ledger is begun anew, with a warning, where it is %s', async (_, text) => {
  const state = folderOf({})
  await writeFile(bookIn(state), text)
  const { ledger, close, warnings } = await keep(state)
  expect(warnings).toEqual([expect.stringContaining('counted anew')])
  ledger.count(POLL)
  await close()
  expect((await keep(state)).warnings).toEqual([])
})

it('the ledger counts on where it can not be written, and says so', async () => {
  const state = folderOf({})
  const { ledger, close, warnings } = await keep(state)
  await rm(state, { recursive: true })
  ledger.count(POLL)
  await close()
  expect(warnings).toEqual([expect.stringMatching(/can't be kept in .*ENOENT/)])
})

it('the ledger is written once it can be, though nobody was counted since, and says a second time that it can not', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const state = folderOf({})
  const { ledger, close, warnings } = await keep(state)
  const minute = async (warned: number) => {
    vi.advanceTimersByTime(60_000)
    await expect.poll(() => warnings.length).toBe(warned)
  }
  await rm(state, { recursive: true })
  ledger.count(POLL)
  for (let turn = 0; turn < 2; turn++) await minute(1)
  await mkdir(state)
  vi.advanceTimersByTime(60_000)
  await expect.poll(() => readdir(state)).toEqual(['readership.ndjson'])
  await rm(state, { recursive: true })
  ledger.count(POLL)
  await minute(2)
  await close()
  expect(warnings).toHaveLength(2)
})

it('a ledger that is lent hands on what it counted, each poll once: every second, a thousand at once, and at the end', async () => {
  vi.useFakeTimers()
  const sent: number[] = []
  const { ledger, close } = lendLedger(async (polls) => void sent.push(polls.length))
  const count = (times: number) => {
    for (let at = 0; at < times; at++) ledger.count(POLL)
  }
  count(3)
  await vi.advanceTimersByTimeAsync(5_000)
  count(1_500)
  expect(sent).toEqual([3, 1_000])
  await close()
  await vi.advanceTimersByTimeAsync(5_000)
  expect(sent).toEqual([3, 1_000, 500])
})

it('the ledger counts as long as the process lasts where there is no folder', async () => {
  const { ledger, close, warnings } = await keep(undefined)
  ledger.count(POLL)
  await close()
  expect([...ledger.feeds()]).toHaveLength(1)
  expect(warnings).toEqual([])
})
