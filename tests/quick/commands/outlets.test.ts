// Where a server's numbers and its log go: to the machine itself unless it is told otherwise, and never among the articles.
import path from 'node:path'
import { expect, it } from 'vitest'
import { UsageError } from '../../../src/commands/options.ts'
import { openJournal, openMetrics } from '../../../src/commands/outlets.ts'
import { folderOf } from '../support/folder.ts'

const metrics = { page: async () => ({ type: 'text/plain', text: 'numbers' }) }
const terminal = { print: () => {}, error: () => {} }

it.each(['0', '127.0.0.1:0'])('metrics at %s are for the machine itself', async (place) => {
  const server = await openMetrics(metrics, place)
  expect(server?.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/)
  expect(await (await fetch(server?.address ?? '')).text()).toBe('numbers')
  server?.close()
})

it.each(['nowhere', '127.0.0.1', '127.0.0.1:65536', ':', ''])(
  'metrics at “%s” are refused',
  async (place) => {
    const refused = openMetrics(metrics, place)
    await expect(refused).rejects.toThrow(
      new UsageError(`--metrics should be such as 127.0.0.1:9464; found "${place}".`),
    )
  },
)

it('metrics have an address of either kind', async () => {
  const server = await openMetrics(metrics, '[::1]:0').catch((error: Error) => error)
  const said = server instanceof Error ? server.message : server?.address
  // Not every machine has one of the second kind.
  expect(said).toMatch(/^http:\/\/\[::1\]:\d+\/metrics$|EADDRNOTAVAIL|EAFNOSUPPORT/)
  if (!(server instanceof Error)) server?.close()
})

it('a log among the articles is refused, and a log leaves nothing that waits for it', async () => {
  const content = folderOf({})
  const inside = path.join(content, 'log')
  await expect(openJournal({ log: inside }, content, terminal)).rejects.toThrow('outside')
  const before = process.listenerCount('SIGHUP')
  const log = path.join(folderOf({}), 'log')
  const journal = await openJournal({ log }, content, terminal)
  expect(process.listenerCount('SIGHUP')).toBe(before + 1)
  await journal.close()
  expect(process.listenerCount('SIGHUP')).toBe(before)
})
