// The folder for what outlives the process: where it is, whose, and that it is never among the articles.
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { openState, statePath } from '../../../src/commands/state.ts'
import { folderOf } from '../support/folder.ts'

const CONTENT = '/srv/harbour'

it.each([
  ['that the operator names', '/var/x', { STATE_DIRECTORY: '/var/y' }, /^\/var\/x$/],
  ['that systemd gives', undefined, { STATE_DIRECTORY: '/var/y' }, /^\/var\/y$/],
  ['of several that systemd gives the first', undefined, { STATE_DIRECTORY: '/a:/b' }, /^\/a$/],
  [
    'of the user’s own',
    undefined,
    { XDG_STATE_HOME: '/home/u/s' },
    /^\/home\/u\/s\/gazette\/harbour-[0-9a-f]{8}$/,
  ],
  ['beside the content, though called almost like it', `${CONTENT}-state`, {}, /-state$/],
])('it is the one %s', (_, named, environment, expected) => {
  expect(statePath(named, CONTENT, environment)).toMatch(expected)
})

it('folders of one name, elsewhere, have each their own', () => {
  const environment = { XDG_STATE_HOME: '/s' }
  expect(statePath(undefined, '/a/content', environment)).not.toBe(
    statePath(undefined, '/b/content', environment),
  )
})

it('it is made for its owner alone', async () => {
  const folder = path.join(folderOf({}), 'deep', 'state')
  expect(await openState(folder, () => expect.fail())).toBe(folder)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
})

it('where it can’t be made, that is told, and nothing is kept', async () => {
  const folder = path.join(folderOf({ file: '' }), 'file', 'state')
  const said: string[] = []
  expect(await openState(folder, (line) => said.push(line))).toBeUndefined()
  expect(said).toEqual([expect.stringContaining(`Nothing can be kept in ${folder} (ENOTDIR)`)])
})
