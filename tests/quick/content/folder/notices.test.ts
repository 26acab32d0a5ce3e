// What the system tells of a folder: by the folder's own name, and without losing anything over the years.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { openNotices } from '../../../../src/content/folder/notices.ts'
import { folderOf } from '../../support/folder.ts'

it.skipIf(!existsSync('/proc/self/fd'))(
  'a folder that is watched anew again and again costs no descriptor',
  async () => {
    const root = folderOf({ 'a/b.md': '' })
    const { notice, end } = openNotices()
    const renew = async () => (await notice(root, () => {})).unsubscribe()
    await renew()
    const before = readdirSync('/proc/self/fd').length
    for (let turn = 0; turn < 20; turn++) {
      await renew()
      await notice(path.join(root, 'nowhere'), () => {}).catch(() => {})
    }
    expect(readdirSync('/proc/self/fd').length).toBeLessThan(before + 10)
    await end()
  },
)

it('a notice names what changed by the link that leads there', async () => {
  const home = folderOf({ 'real/a.md': '' })
  const link = path.join(home, 'link')
  symlinkSync('real', link)
  const { notice, end } = openNotices()
  const told = new Set<string>()
  const watching = await notice(link, (_, events) => {
    for (const event of events) told.add(event.path)
  })
  writeFileSync(path.join(home, 'real/b.md'), '')
  await expect.poll(() => [...told]).toEqual([path.join(link, 'b.md')])
  await watching.unsubscribe()
  await end()
})

it('a notice tells of what comes after folders were moved away and deleted', async () => {
  const home = folderOf({ 'content/a/b/c.md': '' })
  const root = path.join(home, 'content')
  const { notice, end } = openNotices()
  const first = await notice(root, () => {})
  renameSync(path.join(root, 'a'), path.join(home, 'a'))
  rmSync(path.join(home, 'a'), { recursive: true })
  await first.unsubscribe()
  mkdirSync(path.join(root, 'a/b'), { recursive: true })
  const told = new Set<string>()
  const second = await notice(root, (_, events) => {
    for (const event of events) told.add(event.path)
  })
  writeFileSync(path.join(root, 'a/b/d.md'), '')
  await expect.poll(() => [...told]).toContain(path.join(root, 'a/b/d.md'))
  await second.unsubscribe()
  await end()
})
