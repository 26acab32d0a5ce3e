// Hubs as the command line sees them: where their queue is kept, what tells them, and how that reads in a log.
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { redact } from '../domain/redaction.ts'
import type { Publisher } from '../publishing/publisher.ts'
import type { Announced } from '../websub/announcer.ts'
import { diskJournal, type Journal } from '../websub/journal.ts'
import { hubTeller, type TellHub } from '../websub/tell-hub.ts'
import { type Announcing, startAnnouncing } from './announcing.ts'
import type { Numbers } from './numbers.ts'
import type { Values } from './options.ts'
import { statePath } from './state.ts'
import { visible } from './visible.ts'

const QUEUE_FILE = 'announcements.ndjson'

/** The journal of a content folder's queue. Its file is made when something is first written. */
export function queueJournal(values: Values): { file: string; journal: Journal } {
  const content = path.resolve(values.content as string)
  const folder = statePath(values.state as string | undefined, content, process.env)
  const file = path.join(folder, QUEUE_FILE)
  const makeFolder = () => mkdir(folder, { recursive: true, mode: 0o700 })
  return { file, journal: diskJournal(file, makeFolder) }
}

export function tellerOf(values: Values): TellHub {
  return hubTeller({ allowsPrivate: values['private-hubs'] === true })
}

/** Tells hubs of what a server's publisher publishes, until it is closed. */
export function announceFrom(
  publisher: Publisher,
  values: Values,
  { journal: say, announced: count }: Numbers,
): Announcing {
  const { file, journal } = queueJournal(values)
  return startAnnouncing({
    publisher,
    journal,
    tell: tellerOf(values),
    report: (announced) => {
      count(announced.outcome)
      say.tell(announced.outcome === 'told' ? 'info' : 'warn', printAnnounced(announced))
    },
    unkept: (error) =>
      say.tell(
        'error',
        visible(
          `What hubs are to be told is lost when Gazette stops, since ${file} can't be kept: ${(error as Error).message}`,
        ),
      ),
    failed: (error) =>
      say.tell('error', `Hubs aren't told of a change: ${(error as Error).stack ?? error}`),
    clock: Date.now,
  })
}

/** One line, in which a hub's own words can do nothing to a terminal. */
export function printAnnounced({ outcome, hub, topic, tries, why, due }: Announced): string {
  const what = `${redact(hub)} of ${redact(topic)}`
  if (outcome === 'told') return visible(`Told ${what}`)
  const after = `after ${tries === 1 ? '1 try' : `${tries} tries`}`
  const next = due === undefined ? '' : `; again at ${new Date(due).toISOString()}`
  return visible(
    outcome === 'failed'
      ? `Couldn't tell ${what} ${after}: ${why}${next}`
      : `Gave up telling ${what} ${after}: ${why}`,
  )
}
