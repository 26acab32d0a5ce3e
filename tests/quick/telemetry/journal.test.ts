// The journal: sentences for people or lines of JSON, and nothing secret in either.
import { readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { hashOf } from '../../../src/publishing/tokens.ts'
import { spokenJournal, writtenJournal } from '../../../src/telemetry/journal.ts'
import { folderOf } from '../support/folder.ts'
import { article, namedFeeds, publication } from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

const SECRET = 'Aa0_-Bb1Cc2Dd3Ee4Ff5Gg6Hh7Ii8Jj9Kk0Ll1Mm2Nn'
const noFailure = (error: Error) => {
  throw error
}

async function linesOf(file: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(file, 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

describe('written for machines', () => {
  it('each request is a line, without address, without secret, and of bounded length', async () => {
    const site = publication({
      feeds: namedFeeds({ partners: { tokens: [{ name: 'a', hash: hashOf(SECRET) }] } }),
    })
    const { app, exchanges } = serverOf([article()], { site })
    const env = { incoming: { socket: { remoteAddress: '192.0.2.7' } } }
    const headers = {
      'user-agent': `x"\n${'y'.repeat(5000)}`.replace('\n', '\t'),
      'if-none-match': '"a"',
    }
    await app.request(`/feeds/partners/${SECRET}/rss.xml`, { headers }, env)
    await app.request(`/rss.xml?q=${'z'.repeat(9000)}`, {}, env)
    const file = path.join(folderOf({}), 'log')
    const journal = await writtenJournal(file, noFailure)
    for (const exchange of exchanges) journal.observe?.(exchange)
    await journal.close()
    const lines = await linesOf(file)
    expect(lines).toMatchObject([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        event: 'request',
        id: exchanges[0]?.id(),
        method: 'GET',
        url: '/feeds/partners/***/rss.xml',
        class: 'private',
        format: 'rss',
        status: 200,
        coding: 'identity',
        bytes: exchanges[0]?.full,
        ms: expect.any(Number),
        conditional: true,
      },
      { class: 'filter', conditional: false, agent: '' },
    ])
    const text = await readFile(file, 'utf8')
    expect(text).not.toContain(SECRET)
    expect(text).not.toContain('192.0.2.7')
    expect(text.length).toBeLessThan(3000)
  })

  it('events have a sentence and facts', async () => {
    const file = path.join(folderOf({}), 'log')
    const journal = await writtenJournal(file, noFailure)
    journal.tell('error', 'a.md:3: error: no', { file: 'a.md', line: 3 })
    await journal.close()
    expect(await linesOf(file)).toMatchObject([
      { level: 'error', msg: 'a.md:3: error: no', file: 'a.md', line: 3 },
    ])
  })

  it('appends, and goes on in a new file when the old one was moved away', async () => {
    const folder = folderOf({ log: '{"level":"info","msg":"before"}\n' })
    const file = path.join(folder, 'log')
    const journal = await writtenJournal(file, noFailure)
    journal.tell('info', 'one')
    await rename(file, `${file}.1`)
    await journal.reopen()
    journal.tell('info', 'two')
    await journal.close()
    expect((await linesOf(`${file}.1`)).map(({ msg }) => msg)).toEqual(['before', 'one'])
    expect((await linesOf(file)).map(({ msg }) => msg)).toEqual(['two'])
  })

  it('where the file can’t be opened, nothing begins', async () => {
    const file = path.join(folderOf({}), 'none', 'log')
    await expect(writtenJournal(file, noFailure)).rejects.toThrow('ENOENT')
  })
})

it('spoken to people, it tells what is wrong, and neither requests nor that all is well', () => {
  const said: string[] = []
  const journal = spokenJournal((line) => said.push(line))
  journal.tell('info', 'The folder was read again.')
  journal.tell('warn', 'Two warnings.')
  journal.tell('error', 'One error.', { id: 1 })
  expect(said).toEqual(['Two warnings.', 'One error.'])
  expect(journal.observe).toBeUndefined()
})
