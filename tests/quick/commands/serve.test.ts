// How a server ends that nobody told to, and whom it takes for one client.
import { expect, it } from 'vitest'
import { run } from '../../../src/commands/commands.ts'
import { alone } from '../../../src/commands/part.ts'
import { serveAs } from '../../../src/commands/serve.ts'
import { folderOf } from '../support/folder.ts'

it('the first of several workers ends where there is nothing to serve, also while the others go on', async () => {
  const never = () => new Promise<void>(() => {})
  const said: string[] = []
  const terminal = { print: () => {}, error: (line: string) => said.push(line) }
  const part = { ...alone(terminal), isAlone: false, stopped: never, othersEnded: never }
  const values = {
    content: folderOf({ 'site.yaml': 'title: [' }),
    state: folderOf({}),
    host: '127.0.0.1',
    port: '0',
    proxies: '0',
  }
  expect(await serveAs(part, values, terminal)).toBe(1)
  expect(said.join()).toContain('site.yaml')
})

it('a client has one budget for all addresses of its network', async () => {
  const content = folderOf({ 'a.md': '---\ntitle: A\npublished: 2026-01-01\n---\nText.\n' })
  const statuses: number[] = []
  const print = async (line: string) => {
    const address = line.split(' at ')[1] ?? ''
    for (const client of ['2001:db8::1', '2001:db8::2', '2001:db8:1::1']) {
      const headers = { 'X-Forwarded-For': client }
      statuses.push((await fetch(`${address}rss.xml`, { headers })).status)
    }
    process.emit('SIGTERM')
  }
  const options = ['--port', '0', '--state', folderOf({}), '--budget', '2', '--proxies', '1']
  await run(['serve', '--content', content, ...options], {}, { print, error: () => {} })
  expect(statuses).toEqual([200, 429, 200])
})
