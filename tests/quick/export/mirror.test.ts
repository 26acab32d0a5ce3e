// The folder that an export writes: it tells its own files from others' whatever breaks off, and loses nothing of either.
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { isTimeOf } from '../../../src/export/folder.ts'
import { openMirror } from '../../../src/export/mirror.ts'
import { filesIn, folderOf } from '../support/folder.ts'

describe('a folder that is brought up to date', () => {
  const bytes = (text: string) => Buffer.from(text)
  const facts = (file: string) => ({ file, path: `/${file}`, headers: {} })
  const finish = (mirror: ReturnType<typeof openMirror>) =>
    mirror.finish({ base: 'https://harbour.example/', moved: [], gone: [] }, () => ({}))
  const packed = async () => [{ ending: '.gz' as const, bytes: bytes('packed') }]
  /** One that holds a manifest. */
  const begun = () => {
    const out = folderOf({})
    finish(openMirror(out, [], 'program'))
    return { out, read: (file: string) => String(readFileSync(path.join(out, file))) }
  }

  it('tells what it made from what others did also after it was killed', async () => {
    const { out, read } = begun()
    writeFileSync(path.join(out, 'theirs.xml'), 'theirs')
    writeFileSync(path.join(out, 'ours.xml.gz'), 'theirs')
    const killed = openMirror(out, ['ours.xml', 'other.xml', 'theirs.xml'], 'program')
    await killed.put(facts('ours.xml'), bytes('ours'))
    await killed.put(facts('other.xml'), bytes('ours'), packed)
    expect(filesIn(out)).toContain('other.xml.gz')
    const { removed } = finish(openMirror(out, [], 'program'))
    expect(removed).toEqual(['other.xml', 'ours.xml'])
    expect(filesIn(out)).toEqual(['.gazette/manifest.json', 'ours.xml.gz', 'theirs.xml'])
    expect(read('theirs.xml')).toBe('theirs')
  })

  it('takes over what is the same byte for byte', async () => {
    const { out } = begun()
    const source = path.join(folderOf({ 'race.md': 'race' }), 'race.md')
    for (const file of ['a.xml', 'a.xml.gz', 'b.md']) cpSync(source, path.join(out, file))
    const mirror = openMirror(out, ['a.xml', 'b.md'], 'program')
    await mirror.put(facts('a.xml'), bytes('race'), async () => [
      { ending: '.gz', bytes: bytes('race') },
    ])
    await mirror.copy(facts('b.md'), source)
    const { manifest } = finish(mirror)
    expect(manifest.files.map(({ file }) => file)).toEqual(['a.xml', 'b.md'])
    const other = openMirror(out, [], 'program')
    writeFileSync(path.join(out, 'c.md'), 'theirs')
    await expect(openMirror(out, [], 'program').copy(facts('c.md'), source)).rejects.toThrow(
      'c.md is there already',
    )
    expect(finish(other).removed).toEqual(['a.xml', 'b.md'])
  })

  it('writes nothing outside of itself, whatever a file is called', async () => {
    const { out } = begun()
    const name = path.basename(out)
    const mirror = openMirror(out, [], 'program')
    for (const file of [`../${name}.xml`, `../${name}-2/a.xml`, ''])
      await expect(mirror.put(facts(file), bytes('a'))).rejects.toThrow('leads out of the folder')
    const beside = readdirSync(path.dirname(out)).filter((one) => one.startsWith(name))
    expect(beside).toEqual([name])
  })

  it.each([
    ['as it was', 1_760_000_000_123.4, 1_760_000_000_123.4, true],
    ['in whole milliseconds', 1_760_000_000_123.4, 1_760_000_000_123, true],
    ['in whole seconds', 1_760_000_000_123.4, 1_760_000_000_000, true],
    ['a second later', 1_760_000_000_123.4, 1_760_000_001_000, false],
    ['somewhat earlier', 1_760_000_000_123.4, 1_760_000_000_100, false],
  ])('knows a file again by its time, %s', (_, given, kept, isSame) => {
    expect(isTimeOf(given, kept)).toBe(isSame)
  })

  it('keeps all of a file, where a part of it could not be written', async () => {
    const { out, read } = begun()
    const first = openMirror(out, ['a.xml'], 'program')
    await first.put(facts('a.xml'), bytes('a'), packed)
    finish(first)
    const mirror = openMirror(out, ['a.xml'], 'program')
    const broken = async () => [
      { ending: '.gz' as const, bytes: bytes('other') },
      { ending: '.br' as const, bytes: undefined as never },
    ]
    await expect(mirror.put(facts('a.xml'), bytes('b'), broken)).rejects.toThrow()
    expect(read('a.xml.gz')).toBe('packed')
    expect(filesIn(out)).toEqual(['.gazette/manifest.json', 'a.xml', 'a.xml.gz'])
  })

  it('puts nothing there where it can not say first what that will be, as on a full disk', async () => {
    const out = folderOf({})
    const mirror = openMirror(out, ['a.xml', 'b.xml'], 'program')
    writeFileSync(path.join(out, '.gazette'), '')
    const told = { path: path.join(out, '.gazette/manifest.json'), syscall: 'write' }
    for (const file of ['a.xml', 'b.xml'])
      await expect(mirror.put(facts(file), bytes('a'))).rejects.toMatchObject(told)
    expect(() => finish(mirror)).toThrow(expect.objectContaining(told))
    expect(filesIn(out)).toEqual(['.gazette'])
  })

  it('tells what lies there of a file that an export wrote which was killed, and the next could not', async () => {
    const { out } = begun()
    const first = openMirror(out, ['a.xml'], 'program')
    await first.put({ ...facts('a.xml'), from: 'one' }, bytes('one'))
    finish(first)
    await openMirror(out, ['a.xml'], 'program').put(facts('a.xml'), bytes('two'))
    const mirror = openMirror(out, ['a.xml'], 'program')
    mirror.keep('a.xml')
    const [kept] = finish(mirror).manifest.files
    expect(kept?.sha256).toBe(createHash('sha256').update('two').digest('hex'))
    expect(openMirror(out, ['a.xml'], 'program').leave('a.xml', 'one')).toBe(false)
  })

  it('takes what others packed for its own no more than the file', async () => {
    const { out } = begun()
    const first = openMirror(out, ['a.xml'], 'program')
    await first.put(facts('a.xml'), bytes('a'))
    finish(first)
    for (const ending of ['.gz', '.br']) writeFileSync(path.join(out, `a.xml${ending}`), 'theirs')
    const again = openMirror(out, ['a.xml'], 'program').put(facts('a.xml'), bytes('a'), packed)
    await expect(again).rejects.toThrow('a.xml.gz is there already')
  })

  it('keeps nothing packed of a file that could not be written', async () => {
    const { out } = begun()
    mkdirSync(path.join(out, 'a.xml'))
    const mirror = openMirror(out, ['a.xml'], 'program')
    await expect(mirror.put(facts('a.xml'), bytes('a'), packed)).rejects.toThrow()
    expect(filesIn(out)).toEqual(['.gazette/manifest.json'])
  })
})
