// Files of one record a line, of any size: what memory doesn't hold is read back as it was, and changes as all else does.
import { openSync, readdirSync } from 'node:fs'
import { appendFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readFolder } from '../../../../src/content/folder/folder.ts'
import { emptyMemory } from '../../../../src/content/folder/memory.ts'
import { succeed } from '../../../../src/content/folder/succession.ts'
import { createPage, createSpool, joinSpool } from '../../../../src/content/keeping/spool.ts'
import { eachLine } from '../../../../src/content/syntax/lines.ts'
import { folderOf, readFiles, SETTINGS, told } from '../../support/folder.ts'
import { runs } from '../../support/runs.ts'

function line(number: number, more: object = {}): string {
  return JSON.stringify({
    id: `urn:n:${number}`,
    title: `Ferry ${number}`,
    published: '2026-03-09T08:30:00Z',
    tags: ['渡船', `pier ${number % 7}`],
    html: `<p>Boat ${number} leaves <b>渡口</b>.</p>`,
    ...more,
  })
}

/** More bytes than are kept in memory, in few lines. */
function manyLines(count: number, more: object = {}): string {
  const padding = { extra: 'x'.repeat(45_000) }
  return Array.from({ length: count }, (_, at) => line(at, { ...padding, ...more })).join('\n')
}
const COUNT = 100

describe('the lines of a file', () => {
  /** Each with its number before it. */
  async function linesOf(content: string | Uint8Array): Promise<string[]> {
    const root = folderOf({ 'a.ndjson': content })
    const lines: string[] = []
    await eachLine(path.join(root, 'a.ndjson'), (bytes, number) => {
      lines.push(`${number} ${bytes}`)
    })
    return lines
  }

  it.each<[string, string, string[]]>([
    ['nothing', '', []],
    ['one', 'a', ['1 a']],
    ['an end', 'a\nb\n', ['1 a', '2 b']],
    ['blank lines', '\n \na\n\r\n\tb', ['3 a', '5 \tb']],
  ])('of %s', async (_, content, expected) => {
    expect(await linesOf(content)).toEqual(expected)
  })

  it('are read no further than to the block in which that is called off', async () => {
    const file = path.join(folderOf({ 'a.ndjson': 'x\n'.repeat(100_000) }), 'a.ndjson')
    const off = new AbortController()
    let lines = 0
    const reading = eachLine(
      file,
      () => {
        if (lines++ === 0) off.abort()
      },
      off.signal,
    )
    await expect(reading).rejects.toThrow('aborted')
    expect(lines).toBeLessThan(100_000)
  })

  it('that go over many blocks of reading are whole', async () => {
    const long = '渡'.repeat(100_000)
    expect(await linesOf(`a\n${long}\nb`)).toEqual(['1 a', `2 ${long}`, '3 b'])
  })

  it('that are too long come as nothing, and the next one as it is', async () => {
    const lines = await linesOf(Buffer.concat([Buffer.alloc(9_000_000, 'a'), Buffer.from('\nb')]))
    expect(lines).toEqual(['1 undefined', '2 b'])
  })
})

describe('a file of lines that is not UTF-8', () => {
  const told = async (content: Uint8Array) => {
    const { articles, problems } = await readFiles({ 'a.ndjson': content })
    const errors = problems.filter(({ severity }) => severity === 'error')
    return {
      titles: articles.map(({ title }) => title),
      errors: errors.map(({ line, sentence }) => [line, sentence]),
    }
  }
  // 渡轮 in GB18030.
  const FERRY = Buffer.from([0xb6, 0xc9, 0xc2, 0xd6])
  const written = (charset: string) =>
    Buffer.concat(
      [1, 2].flatMap((number) => {
        const said = number === 1 ? { charset } : {}
        const [before = '', after = ''] = line(number, { title: '*', ...said }).split('*')
        return [Buffer.from(before), FERRY, Buffer.from(`${after}\n`)]
      }),
    )

  it('is read as its first record says', async () => {
    expect(await told(written('gb18030'))).toEqual({ titles: ['渡轮', '渡轮'], errors: [] })
  })

  it.each<[string, Uint8Array, RegExp]>([
    [
      'is of UTF-16',
      Buffer.from(`\uFEFF${[1, 2, 3].map((number) => line(number)).join('\n')}`, 'utf16le'),
      /The file is UTF-16.*Save it as UTF-8/,
    ],
    ['says an encoding that nobody knows', written('klingon'), /can't be read as "klingon"/],
  ])('and %s, is told once', async (_, content, sentence) => {
    expect(await told(content)).toEqual({
      titles: [],
      errors: [[undefined, expect.stringMatching(sentence)]],
    })
  })
})

describe('a spool', () => {
  it('gives back what was put in, before and after it was written', () => {
    const spool = createSpool()
    const texts = ['', 'a', '渡口 🦉', 'x'.repeat(3_000_000), 'last']
    const slices = texts.map((text) => spool.append(text))
    for (const turn of [1, 2])
      expect(
        slices.map((s) => spool.read(s).toString()),
        `turn ${turn}`,
      ).toEqual(texts)
  })

  it('gives back as text what came as bytes of another thread', () => {
    const spool = createSpool()
    const slice = spool.append(new Uint8Array(Buffer.from('渡口')))
    expect(spool.read(slice).toString()).toBe('渡口')
  })

  it('is in memory where it is to be handed on, and begins anew when it was', () => {
    const page = createPage()
    page.append('handed on')
    page.clear()
    const texts = ['a', '渡口 🦉', 'x'.repeat(600_000)]
    const slices = texts.map((text) => page.append(text))
    expect(slices.map((slice) => page.read(slice).toString())).toEqual(texts)
    expect(Buffer.from(page.bytes()).toString()).toBe(texts.join(''))
  })

  it('is appended to by others, each in blocks of its own', () => {
    const beginning = path.join(folderOf({ beginning: 'what was kept' }), 'beginning')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(2), fc.nat(700_000), fc.boolean()), { maxLength: 12 }),
        fc.boolean(),
        (appended, isBegun) => {
          const spool = createSpool(
            isBegun ? { file: openSync(beginning, 'r'), size: 13 } : undefined,
          )
          const others = [joinSpool(spool.share()), joinSpool(spool.share())]
          const laid = appended.map(([by, length, isFlushed], number) => {
            const text = `${number}`.padEnd(length, 'x')
            const slice = (others[by] ?? spool).append(text)
            if (isFlushed) others[by]?.flush()
            return { text, slice }
          })
          for (const other of others) other.flush()
          for (const { text, slice } of laid)
            expect(spool.read(slice).toString() === text, text.slice(0, 9)).toBe(true)
          if (isBegun) expect(spool.read({ offset: 5, length: 3 }).toString()).toBe('was')
        },
      ),
      { numRuns: runs(13) },
    )
  })

  it('takes back what was appended last, unless that is written', () => {
    const spool = createSpool()
    const other = joinSpool(spool.share())
    const kept = other.append('kept')
    const end = other.end()
    other.append('waste')
    other.cut(end)
    const next = other.append('next')
    expect(next.offset).toBe(kept.offset + 4)
    other.flush()
    other.cut(end)
    other.append('last')
    other.flush()
    expect([kept, next].map((slice) => spool.read(slice).toString())).toEqual(['kept', 'next'])
  })

  it('leaves no file behind', () => {
    const folder = folderOf({})
    const spool = createSpool(undefined, folder)
    const slice = spool.append('x'.repeat(5_000_000))
    expect(readdirSync(folder)).toEqual([])
    expect(spool.read(slice).length).toBe(5_000_000)
  })
})

describe('a large file of lines', () => {
  it('is articles like those of a small one', async () => {
    const large = manyLines(COUNT)
    expect(Buffer.byteLength(large)).toBeGreaterThan(4 * 1024 * 1024)
    const { articles, problems, records } = await readFiles({ 'a.ndjson': large })
    const small = await readFiles({ 'a.ndjson': large.split('\n').slice(0, 20).join('\n') })
    expect([articles.length, records, problems.length]).toEqual([COUNT, COUNT, 0])
    expect(articles.slice(0, 20).map(told)).toEqual(small.articles.map(told))
  })

  it('loses a wrong line alone, and tells its number', async () => {
    const lines = manyLines(COUNT).split('\n')
    lines[59] = '{"title": '
    lines[79] = line(1)
    const { articles, problems } = await readFiles({ 'a.ndjson': lines.join('\n') })
    expect(articles).toHaveLength(COUNT - 2)
    expect(problems).toMatchObject([
      { kind: 'unreadable', file: 'a.ndjson', line: 60 },
      {
        kind: 'same-id',
        file: 'a.ndjson',
        line: 80,
        sentence: expect.stringContaining('a.ndjson'),
      },
    ])
  })

  it('keeps, when it changes, every article that did not', async () => {
    const root = folderOf({ 'a.ndjson': manyLines(COUNT) })
    const memory = emptyMemory()
    const first = await readFolder(root, SETTINGS, memory)
    const again = await readFolder(root, SETTINGS, memory)
    expect(again.articles.every((article, at) => article === first.articles[at])).toBe(true)
    await appendFile(path.join(root, 'a.ndjson'), `\n${line(COUNT)}\n`)
    const next = succeed(first, await readFolder(root, SETTINGS, memory))
    expect(next.articles).toHaveLength(COUNT + 1)
    expect(next.articles.filter((article) => first.articles.includes(article))).toHaveLength(COUNT)
    const [changed] = next.articles
    await writeFile(path.join(root, 'a.ndjson'), manyLines(COUNT, { html: '<p>Other.</p>' }))
    const other = succeed(next, await readFolder(root, SETTINGS, memory))
    expect(other.articles[0]).not.toBe(changed)
    expect(other.articles[0]?.html).toBe('<p>Other.</p>')
    expect(changed?.html).toContain('Boat 0')
  })

  it('keeps its articles while the file cannot be read', async () => {
    const root = folderOf({ 'a.ndjson': manyLines(COUNT) })
    const first = await readFolder(root, SETTINGS)
    await writeFile(path.join(root, 'a.ndjson'), '{"title":')
    const next = succeed(first, await readFolder(root, SETTINGS))
    expect(next.articles).toHaveLength(COUNT)
  })
})
