// `gazette serve`: reads the folder and serves its feeds until it is told to stop.
import path from 'node:path'
import { type Content, type ReadingOptions, readFolder } from '../content/folder/folder.ts'
import { emptyMemory } from '../content/folder/memory.ts'
import { keepReadings } from '../content/keeping/kept-readings.ts'
import { lastGoodKeeper, recallLastGood } from '../content/keeping/last-good.ts'
import { createSpool } from '../content/keeping/spool.ts'
import { createApp } from '../http/app.tsx'
import { createBudget } from '../http/budget.ts'
import { createHealth } from '../http/health.ts'
import { clientOf, type Environment, type HeaderReader } from '../http/request.ts'
import { type Load, watchLoad } from '../http/shedding.ts'
import { createPublisher, type Publisher } from '../publishing/publisher.ts'
import { networkOf } from '../readership/network.ts'
import { spokenJournal } from '../telemetry/journal.ts'
import type { Announcing } from './announcing.ts'
import { counted } from './counted.ts'
import { openDoor } from './door.ts'
import { follow, tellErrors, tellOthers, watchFrom } from './following.ts'
import { announceFrom } from './hubs.ts'
import { LONGEST_SILENCE } from './listening.ts'
import { openNumbers } from './numbers.ts'
import { readNumber, siteSettings, type Values } from './options.ts'
import type { Part } from './part.ts'
import { keptIn } from './program.ts'
import { progressOn } from './progress.ts'
import { firstFailure, type Keeper, keepChanges, recallChanges } from './remember.ts'
import { openState, statePath } from './state.ts'
import type { Terminal } from './terminal.ts'

const MOST_PROXIES = 20
const MOST_REQUESTS = 1_000_000

/** Resolves with the exit code when it was told to stop. */
export async function serveAs(part: Part, values: Values, terminal: Terminal): Promise<number> {
  const folder = path.resolve(values.content as string)
  const proxies = readNumber('proxies', values.proxies as string, MOST_PROXIES)
  const budget = readBudget(values.budget as string | undefined, proxies)
  const place = statePath(values.state as string | undefined, folder, process.env)
  const stopping = new AbortController()
  // Before anything else: to the first process of a container, a signal that it doesn't listen for does nothing.
  const toldToStop = part.stopped().then(() => stopping.abort())
  const health = createHealth(Date.now)
  const door = await openDoor(values, part, health)
  const settings = siteSettings(values, door.address, path.basename(folder))
  const state = await openState(place, part.isFirst ? terminal.error : () => {})
  const numbers = await openNumbers(values, folder, state, terminal, part).catch(async (error) => {
    await door.close()
    throw error
  })
  const { journal } = numbers
  const memory = emptyMemory(
    (beginning) => createSpool(beginning, state),
    state === undefined ? undefined : keptIn(state),
  )
  const watch = await watchFrom(part, folder, memory, journal, stopping.signal)
  let load: Load | undefined
  let keeper: Keeper | undefined
  let announcing: Announcing | undefined
  let keeping: Promise<void> | undefined
  // What was read first ends with this function: held for as long as the server runs, it would keep articles that are long gone,
  // with the files in which their words lie.
  const begin = async (): Promise<boolean> => {
    const at = Date.now()
    const progress = progressOn(part.isFirst ? terminal : {}, Date.now)
    const read = (options: ReadingOptions) =>
      readFolder(folder, settings, memory, { ...options, signal: stopping.signal })
    const found = await read({ progress: progress.reading }).finally(progress.end)
    const lastGood = state && path.join(state, 'last-good')
    const content = lastGood ? await recallLastGood(lastGood, folder, found, memory) : found
    const { publication, articles } = content
    // A command that ends says why at the terminal, wherever the log goes.
    tellErrors(content, publication === undefined ? spokenJournal(terminal.error) : journal)
    if (publication === undefined) return false
    const publisher = createPublisher({ publication, articles }, Date.now, {
      recall: await recallChanges(state),
      meter: numbers.meter,
    })
    numbers.stand(content, publisher)
    const cannotKeep = (error: unknown) =>
      journal.tell('error', `Can't write to ${state}: ${(error as Error).message}`)
    keeper = keepChanges(part.isFirst ? state : undefined, publisher, cannotKeep)
    await keeper.now()
    const keepGood = lastGood && part.isFirst ? lastGoodKeeper(lastGood, memory) : async () => {}
    const attempt = firstFailure(cannotKeep)
    const keep = async (content: Content) => {
      keeper?.soon()
      await attempt(() => keepGood(content))
    }
    await keep(content)
    // Not before the folder is read, which keeps the event loop busy for as long as it takes.
    load = watchLoad()
    const app = createApp({
      publisher,
      folder,
      onFailure: (error, id, request) =>
        numbers.tell('error', `${id} ${request} ${(error as Error).stack ?? error}`, { id }),
      watch: { observe: numbers.observe, clock: Date.now, proxies },
      admits: load.admits,
      patience: LONGEST_SILENCE,
      ...(budget && { budget }),
    })
    await door.open(app)
    health.ready()
    if (part.isFirst) {
      announcing = announceFrom(publisher, values, numbers)
      numbers.queue('hubs', announcing.waiting)
    }
    const told = { numbers, keep, health, announcing, part }
    watch.follow(
      follow((changed) => read({ changed }), content, publisher, told),
      content.isWhole,
    )
    // Where the first was started again, the others still have what it read before.
    tellOthers(part, undefined, at)
    const { address } = door
    const ready = `${introduce(content, publisher)}, at ${address}`
    part.ready(ready, address)
    journal.tell('info', ready, { address })
    if (part.isFirst)
      keeping = keepReadings(memory, stopping.signal).catch((error) => {
        if (!stopping.signal.aborted)
          journal.tell('warn', `The next start will take as long: ${(error as Error).message}`)
      })
    return true
  }
  try {
    if (!(await begin())) return 1
    await toldToStop
    return 0
  } catch (error) {
    if (!stopping.signal.aborted) throw error
    return 0
  } finally {
    const isTold = stopping.signal.aborted
    if (isTold) journal.tell('info', 'Told to stop.')
    health.draining()
    load?.stop()
    stopping.abort()
    await Promise.all([door.close(), watch.close(), announcing?.close(), keeping])
    await keeper?.now()
    // A worker that ends by itself waits for nobody: only afterwards may the others be told to end.
    if (isTold) await part.othersEnded()
    await numbers.close()
  }
}

/** What is served, and what of the folder isn't. */
function introduce({ articles, records }: Content, publisher: Publisher): string {
  const { publication, entries } = publisher.catalog()
  const others = [
    [articles.length - entries.length, 'not published now'],
    // Articles whose files can't be read are still served, without a record: there may be more of them than records.
    [Math.max(0, records - articles.length), 'left out'],
  ]
  const notes = others.filter(([count]) => count !== 0).map((words) => words.join(' '))
  const more = notes.length === 0 ? '' : ` (${notes.join(', ')})`
  return `Gazette serves “${publication.title}”, ${counted(entries.length, 'article')}${more}`
}

function readBudget(text: string | undefined, proxies: number) {
  if (text === undefined) return undefined
  const requests = readNumber('budget', text, MOST_REQUESTS, 2)
  return {
    ...createBudget(requests, Date.now),
    clientOf: (header: HeaderReader, env: Environment | undefined) =>
      networkOf(clientOf(header, env, proxies)),
  }
}
