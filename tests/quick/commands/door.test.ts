// The door of a server: open from the first moment, for health at once, for readers once there is something to read.
import { expect, it } from 'vitest'
import { openDoor } from '../../../src/commands/door.ts'
import { alone } from '../../../src/commands/part.ts'
import { createHealth } from '../../../src/http/health.ts'
import { article } from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

it('who comes before the folder is read is told to come again, and keeps nothing of that', async () => {
  const part = alone({ print: () => {}, error: () => {} })
  const health = createHealth(Date.now)
  const door = await openDoor({ host: '127.0.0.1', port: '0' }, part, health)
  const ask = (path: string) => fetch(door.address + path)
  try {
    const early = await ask('rss.xml')
    expect(early.status).toBe(503)
    expect(early.headers.get('retry-after')).toBe('1')
    expect(early.headers.get('cache-control')).toBe('no-store')
    expect((await ask('livez')).status).toBe(200)
    expect((await ask('readyz')).status).toBe(503)
    await door.open(serverOf([article()]).app)
    health.ready()
    for (const path of ['rss.xml', 'livez', 'readyz']) expect((await ask(path)).status).toBe(200)
  } finally {
    await door.close()
  }
})
