// `gazette serve`: reads the folder and serves its feeds until it is told to stop.
import type { Server } from 'node:http'
import path from 'node:path'
import { type Content, readFolder } from '../content/folder.ts'
import { configurationOf, emptyMemory, mayHoldLinks } from '../content/folder-memory.ts'
import type { Progress } from '../content/folder-readings.ts'
import { keepReadings } from '../content/kept-readings.ts'
import { lastGoodKeeper, recallLastGood } from '../content/last-good.ts'
import { type Problem, printProblem } from '../content/problem.ts'
import { createSpool } from '../content/spool.ts'
import { readStill } from '../content/still.ts'
import { succeed } from '../content/succession.ts'
import { type Changed, watchFolder } from '../content/watch.ts'
import type { Instant } from '../domain/article.ts'
import { createApp } from '../http/app.tsx'
import { createBudget } from '../http/budget.ts'
import { createHealth, type Health } from '../http/health.ts'
import { clientOf, type Environment, type HeaderReader } from '../http/request.ts'
import { type Load, watchLoad } from '../http/shedding.ts'
import { createPublisher, type Publisher } from '../publishing/publisher.ts'
import { networkOf } from '../readership/network.ts'
import { type Journal, spokenJournal } from '../telemetry/journal.ts'
import type { Announcing } from './announcing.ts'
import { counted } from './counted.ts'
import { announceFrom } from './hubs.ts'
import {
  type Answers,
  addressOf,
  LONGEST_SILENCE,
  startListening,
  stopListening,
} from './listening.ts'
import { type Numbers, openNumbers } from './numbers.ts'
import { readNumber, siteSettings, type Values } from './options.ts'
import { type Follower, followFirst, type Part } from './part.ts'
import { keptIn } from './program.ts'
import { progressOn } from './progress.ts'
import { type Keeper, keepChanges, recallChanges } from './remember.ts'
import { openState, statePath } from './state.ts'
import type { Terminal } from './terminal.ts'
import { visible } from './visible.ts'

const MOST_PROXIES = 20
const MOST_REQUESTS = 1_000_000
/**
 * Files below which a folder is walked whole at each change, in some 25 milliseconds: the watcher tells a little late, and
 * so two files that were changed together are one change, also while others follow.
 */
const WALKED_WHOLE = 5_000

const NOT_READY: Answers = {
  fetch: () =>
    new Response('Starting.\n', {
      status: 503,
      headers: { 'Retry-After': '1', 'Cache-Control': 'no-store' },
    }),
  ready: () => undefined,
}

/** Resolves with the exit code when it was told to stop. */
export async function serveAs(part: Part, values: Values, terminal: Terminal): Promise<number> {
  const folder = path.resolve(values.content as string)
  const proxies = readNumber('proxies', values.proxies as string, MOST_PROXIES)
  const budget = readBudget(values.budget as string | undefined, proxies)
  const place = statePath(values.state as string | undefined, folder, process.env)
  const stopping = new AbortController()
  // Also while it starts: the first process of a container hears no word that it doesn't listen for.
  const toldToStop = part.stopped().then(() => stopping.abort())
  const health = createHealth(Date.now)
  let answers = NOT_READY
  const host = values.host as string
  const listen = () =>
    startListening(readNumber('port', values.port as string, 65_535), host, {
      fetch: (request, env) => health.answer(request) ?? answers.fetch(request, env),
      ready: (asked) => answers.ready(asked),
    })
  // Where others answer, nobody is to be told to wait.
  let server = part.address === undefined ? await listen() : undefined
  const address = part.address ?? addressOf(server as Server, host)
  const settings = siteSettings(values, address, path.basename(folder))
  const state = await openState(place, part.isFirst ? terminal.error : () => {})
  const numbers = await openNumbers(values, folder, state, terminal, part).catch(async (error) => {
    await stopListening(server)
    throw error
  })
  const { journal } = numbers
  const memory = emptyMemory(
    (beginning) => createSpool(beginning, state),
    state === undefined ? undefined : keptIn(state),
  )
  const cannotFollow = (error: unknown) => {
    if (stopping.signal.aborted) return
    journal.tell('error', `Changes in ${folder} can't be followed: ${(error as Error).message}`)
  }
  const watch = part.isFirst
    ? await watchFolder(
        folder,
        cannotFollow,
        () => mayHoldLinks(memory),
        undefined,
        () => configurationOf(folder, memory),
      )
    : followFirst(part)
  let load: Load | undefined
  let keeper: Keeper | undefined
  let announcing: Announcing | undefined
  let keeping: Promise<void> | undefined
  try {
    const at = Date.now()
    const progress = progressOn(part.isFirst ? terminal : {}, Date.now)
    const read = (changed: Changed, told?: Progress) =>
      readFolder(folder, settings, memory, told, changed, stopping.signal)
    const found = await read(undefined, progress.reading)
    progress.end()
    const lastGood = state && path.join(state, 'last-good')
    const content = lastGood ? await recallLastGood(lastGood, folder, found, memory) : found
    const { publication, articles } = content
    // A command that ends says why on the spot, wherever the log is.
    tellErrors(content, publication === undefined ? spokenJournal(terminal.error) : journal)
    if (publication === undefined) return 1
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
    const keep = async (content: Content) => {
      keeper?.soon()
      await keepGood(content).catch(cannotKeep)
    }
    await keep(content)
    // Not before the folder is read: that takes as long as it takes.
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
    answers = { fetch: (request, env) => app.fetch(request, env), ready: app.answerReady }
    server ??= await listen()
    health.ready()
    if (part.isFirst) {
      announcing = announceFrom(publisher, values, numbers)
      numbers.queue('hubs', announcing.waiting)
    }
    const told = { numbers, keep, health, announcing, part }
    watch.follow(follow(read, content, publisher, told), content.isWhole)
    // Where the first was started again, the others have what is older.
    tellOthers(part, undefined, at)
    const ready = `${introduce(content, publisher)}, at ${address}`
    part.ready(ready, address)
    journal.tell('info', ready, { address })
    if (part.isFirst)
      keeping = keepReadings(memory, stopping.signal).catch((error) => {
        if (!stopping.signal.aborted)
          journal.tell('warn', `The next start will take as long: ${(error as Error).message}`)
      })
    await toldToStop
    journal.tell('info', 'Told to stop.')
    return 0
  } catch (error) {
    if (!stopping.signal.aborted) throw error
    return 0
  } finally {
    health.draining()
    load?.stop()
    stopping.abort()
    await Promise.all([stopListening(server), watch.close(), announcing?.close(), keeping])
    await keeper?.now()
    await part.othersEnded()
    await numbers.close()
  }
}

/** What is served, and what of the folder isn't. */
function introduce({ articles, records }: Content, publisher: Publisher): string {
  const { publication, entries } = publisher.catalog()
  const others = [
    [articles.length - entries.length, 'not published now'],
    [records - articles.length, 'left out'],
  ]
  const notes = others.filter(([count]) => count !== 0).map((words) => words.join(' '))
  const more = notes.length === 0 ? '' : ` (${notes.join(', ')})`
  return `Gazette serves “${publication.title}”, ${counted(entries.length, 'article')}${more}`
}

/** Tells each error, and how many warnings there are: `gazette check` tells those better, and all at once. */
function tellErrors({ problems }: Content, journal: Journal): void {
  const warnings = problems.filter(({ severity }) => severity === 'warning').length
  for (const problem of problems) {
    if (problem.severity === 'error') journal.tell('error', visible(printProblem(problem)), problem)
  }
  if (warnings > 0) {
    journal.tell('warn', `${counted(warnings, 'warning')}; gazette check tells of what.`)
  }
}

/** Who is told of a change. */
interface Told {
  readonly numbers: Numbers
  /** Writes what outlives the process; never fails. */
  readonly keep: (content: Content) => Promise<void>
  readonly health: Health
  /** Of the first alone. */
  readonly announcing: Announcing | undefined
  readonly part: Part
}

/** What publishes the folder as it is read anew, and tells what became wrong with it; whether all of it could be read. */
function follow(
  read: (changed: Changed) => Promise<Content>,
  first: Content,
  publisher: Publisher,
  { numbers, keep, health, announcing, part }: Told,
): Follower {
  const { journal, stand, reloaded } = numbers
  let content = first
  const publish = async (changed: Changed, at: Instant) => {
    const before = content.problems
    const looked = content.files < WALKED_WHOLE ? undefined : changed
    const next = await readStill(() => read(looked))
    content = succeed(content, next)
    for (const problem of newAmong(content.problems, before)) {
      const level = problem.severity === 'error' ? 'error' : 'warn'
      if (problem.severity !== 'note') journal.tell(level, visible(printProblem(problem)), problem)
    }
    const { publication, articles } = content
    if (publication !== undefined) publisher.publish({ publication, articles }, at)
    stand(content, publisher)
    await keep(content)
    announcing?.look()
    return next.isWhole
  }
  return async (changed, at = Date.now()) => {
    const begun = performance.now()
    let isWhole = false
    tellOthers(part, changed, at)
    try {
      isWhole = await publish(changed, at)
      return isWhole
    } finally {
      const ms = Math.round(performance.now() - begun)
      reloaded(ms, isWhole)
      health.reloaded(isWhole)
      if (isWhole) {
        const { length } = content.articles
        journal.tell('info', 'The folder was read again.', { ms, articles: length })
      }
    }
  }
}

/** They read at the same moment what the first reads. */
function tellOthers(part: Part, changed: Changed, at: Instant): void {
  if (part.isFirst)
    void part.tell({ kind: 'reading', changed: changed === undefined ? null : [...changed], at })
}

/** The problems that nobody was told of; those of files that were not read again are the same objects. */
function newAmong(problems: readonly Problem[], before: readonly Problem[]): Problem[] {
  const known = new Set(before)
  const others = problems.filter((one) => !known.has(one))
  const files = new Set(others.map(({ file }) => file))
  const told = new Set(before.filter(({ file }) => files.has(file)).map(printProblem))
  return others.filter((one) => !told.has(printProblem(one)))
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
