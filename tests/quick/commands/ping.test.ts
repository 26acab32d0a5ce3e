// `gazette ping`: what hubs are still to be told, and telling them now.
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../../../src/commands/commands.ts'
import { printAnnounced } from '../../../src/commands/hubs.ts'
import { mintSecret } from '../../../src/publishing/tokens.ts'
import { diskJournal } from '../../../src/websub/journal.ts'
import type { QueueEvent } from '../../../src/websub/queue.ts'
import { folderOf } from '../support/folder.ts'
import { hubThat } from '../support/hub.ts'

const TOPIC = 'https://news.example/tags/trade/rss.xml'
const CHANGED_AT = Date.UTC(2026, 5, 24, 12)

async function ping(state: string, ...options: string[]) {
  const out: string[] = []
  const terminal = {
    print: (line: string) => out.push(line),
    error: (line: string) => out.push(line),
  }
  const code = await run(['ping', '--state', state, ...options], {}, terminal)
  return { code, out: out.join('\n') }
}

/** The state of a server that was told of a change, and perhaps failed to tell a hub. */
async function stateWith(hub: string, ...more: QueueEvent[]): Promise<string> {
  const state = folderOf({})
  const journal = diskJournal(path.join(state, 'announcements.ndjson'), async () => {})
  await journal.append([
    { kind: 'known', at: CHANGED_AT, topics: [[TOPIC, 'before']] },
    { kind: 'changed', at: CHANGED_AT, topics: [[TOPIC, 'after']], hubs: [hub] },
    ...more,
  ])
  await journal.close()
  return state
}

const failed = (hub: string, why: string): QueueEvent[] => [
  { kind: 'try', at: CHANGED_AT + 3000, hub, topic: TOPIC, by: 'a server' },
  { kind: 'failed', at: CHANGED_AT + 4000, hub, topic: TOPIC, why, due: Date.UTC(2100, 0, 1) },
]

describe('where nothing is to be told', () => {
  it.each<[string, ...string[]]>([['when asked'], ['with --now', '--now']])(
    'it says so %s, and makes no folder',
    async (_, ...options) => {
      const root = folderOf({})
      const { code, out } = await ping(path.join(root, 'state'), ...options)
      expect([code, out]).toEqual([0, 'Hubs know everything.'])
      expect(await readdir(root)).toEqual([])
    },
  )

  it('it prints an empty list with --json', async () => {
    const { out } = await ping(path.join(folderOf({}), 'state'), '--json')
    expect(JSON.parse(out)).toEqual([])
  })
})

describe('what is to be told is shown', () => {
  const HUB = 'https://hub.example/'

  it('with when', async () => {
    const { code, out } = await ping(await stateWith(HUB))
    expect(code).toBe(0)
    expect(out).toBe(`${TOPIC}\n  to ${HUB} at 2026-06-24T12:00:03.000Z`)
  })

  it('the first that is due before all others', async () => {
    const early: QueueEvent = {
      kind: 'changed',
      at: CHANGED_AT - 60_000,
      topics: [[`${TOPIC}?early`, 'after']],
      hubs: [HUB],
    }
    const { out } = await ping(await stateWith(HUB, early))
    expect(out.split('\n').filter((line) => line.startsWith('http'))).toEqual([
      `${TOPIC}?early`,
      TOPIC,
    ])
  })

  it('with how often it failed and why, which can’t act on the terminal', async () => {
    const { out } = await ping(await stateWith(HUB, ...failed(HUB, '500: \u001B[2Jout of order')))
    expect(out).toContain(
      'at 2100-01-01T00:00:00.000Z after 1 failed try, the last one at 2026-06-24T12:00:04.000Z: 500: ␛[2Jout of order',
    )
  })

  it('for machines with --json', async () => {
    const { out } = await ping(await stateWith(HUB, ...failed(HUB, '500')), '--json')
    expect(JSON.parse(out)).toEqual([
      {
        topic: TOPIC,
        hub: HUB,
        since: '2026-06-24T12:00:00.000Z',
        due: '2100-01-01T00:00:00.000Z',
        tries: 1,
        lastFailure: { at: '2026-06-24T12:00:04.000Z', why: '500' },
      },
    ])
  })
})

it('what becomes of an announcement is told without what may be a secret', () => {
  const secret = mintSecret()
  const [hub, topic] = [`https://hub.example/${secret}`, `https://news.example/${secret}/rss.xml`]
  expect(printAnnounced({ outcome: 'told', hub, topic, tries: 1 })).toBe(
    'Told https://hub.example/*** of https://news.example/***/rss.xml',
  )
})

describe('--now', () => {
  it('tells hubs, also those that failed, and leaves nothing to be told', async () => {
    const hub = await hubThat((response) => response.writeHead(202).end())
    const state = await stateWith(hub.url, ...failed(hub.url, '500'))
    const { code, out } = await ping(state, '--now', '--private-hubs')
    expect([code, out]).toEqual([0, `Told ${hub.url} of ${TOPIC}`])
    expect(hub.told.map((form) => form.get('hub.url'))).toEqual([TOPIC])
    expect((await ping(state)).out).toBe('Hubs know everything.')
  })

  it('ends with 1 where a hub still fails, and says when it is tried again', async () => {
    const hub = await hubThat((response) => response.writeHead(500).end('Out of order.'))
    const state = await stateWith(hub.url)
    const { code, out } = await ping(state, '--now', '--private-hubs')
    expect(code).toBe(1)
    expect(out).toMatch(/^Couldn't tell \S+ of \S+ after 1 try: 500: Out of order\.; again at 20/)
    expect((await ping(state)).out).toContain('after 1 failed try')
  })

  it('tells no hub on a private network unless that is allowed', async () => {
    const hub = await hubThat((response) => response.writeHead(202).end())
    const { code, out } = await ping(await stateWith(hub.url), '--now', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject([
      { outcome: 'failed', topic: TOPIC, why: '127.0.0.1 is no address of the public internet' },
    ])
    expect(hub.told).toEqual([])
  })

  it('two at a time tell each topic once', async () => {
    const hub = await hubThat((response) => setTimeout(() => response.writeHead(202).end(), 50))
    const topics = Array.from({ length: 20 }, (_, at): [string, string] => [`${TOPIC}?${at}`, 'x'])
    const state = await stateWith(hub.url, {
      kind: 'changed',
      at: CHANGED_AT,
      topics,
      hubs: [hub.url],
    })
    await Promise.all([1, 2, 3].map(() => ping(state, '--now', '--private-hubs')))
    expect(hub.told.map((form) => form.get('hub.url')).sort()).toEqual(
      [TOPIC, ...topics.map(([topic]) => topic)].sort(),
    )
    expect((await ping(state)).out).toBe('Hubs know everything.')
  })
})
