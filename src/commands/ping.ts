// `gazette ping`: shows which hubs are still to be told of what, and with --now tells them at once.
import { type Announced, createAnnouncer } from '../websub/announcer.ts'
import { type Ledger, openLedger } from '../websub/ledger.ts'
import type { Waiting } from '../websub/queue.ts'
import { printAnnounced, queueJournal, tellerOf } from './hubs.ts'
import type { Values } from './options.ts'
import type { Terminal } from './terminal.ts'
import { visible } from './visible.ts'

/** Resolves with the exit code: 0, or 1 where hubs were to be told and weren't. */
export async function ping(values: Values, terminal: Terminal): Promise<number> {
  const { journal } = queueJournal(values)
  const ledger = await openLedger(journal, Date.now, (error) => {
    throw error
  })
  try {
    if (values.now !== true) {
      show(waitingIn(ledger), values, terminal)
      return 0
    }
    return await tellNow(ledger, values, terminal)
  } finally {
    await ledger.close()
  }
}

function waitingIn(ledger: Ledger): Waiting[] {
  return [...ledger.queue().waiting.values()].sort((a, b) => a.due - b.due)
}

/** A server may be telling at the same time; through the journal each is told only once. */
async function tellNow(ledger: Ledger, values: Values, terminal: Terminal): Promise<number> {
  const announced: Announced[] = []
  const report = (one: Announced) => {
    announced.push(one)
    if (values.json !== true) terminal.print(printAnnounced(one))
  }
  if (waitingIn(ledger).length > 0) {
    await ledger.commit([{ kind: 'hurry', at: Date.now() }])
    const announcer = createAnnouncer(ledger, tellerOf(values), report, Date.now)
    await announcer.drain()
    await announcer.close(0)
  }
  if (values.json === true) terminal.print(JSON.stringify(announced, undefined, 2))
  else if (announced.length === 0) terminal.print('Hubs know everything.')
  return announced.some(({ outcome }) => outcome !== 'told') ? 1 : 0
}

function show(waiting: readonly Waiting[], values: Values, terminal: Terminal): void {
  if (values.json === true) {
    terminal.print(JSON.stringify(waiting.map(toJson), undefined, 2))
    return
  }
  if (waiting.length === 0) terminal.print('Hubs know everything.')
  for (const one of waiting) {
    const { hub, topic, due, tries, failure } = one
    const last =
      failure === undefined ? '' : `, the last one at ${moment(failure.at)}: ${failure.why}`
    const tried = `${tries} failed ${tries === 1 ? 'try' : 'tries'}`
    terminal.print(visible(topic))
    terminal.print(
      visible(`  to ${hub} at ${moment(due)}${tries === 0 ? '' : ` after ${tried}${last}`}`),
    )
  }
}

function toJson({ hub, topic, since, due, tries, failure }: Waiting) {
  return {
    topic,
    hub,
    since: moment(since),
    due: moment(due),
    tries,
    ...(failure && { lastFailure: { at: moment(failure.at), why: failure.why } }),
  }
}

function moment(at: number): string {
  return new Date(at).toISOString()
}
