// How a server ends that nobody told to.
import { expect, it } from 'vitest'
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
