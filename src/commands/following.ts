// What a server does with its folder: it says what is wrong there, publishes what changes, and tells the other workers.
import type { Content } from '../content/folder/folder.ts'
import { configurationOf, type FolderMemory, mayHoldLinks } from '../content/folder/memory.ts'
import { readStill } from '../content/folder/still.ts'
import { succeed } from '../content/folder/succession.ts'
import { type Changed, watchFolder } from '../content/folder/watch.ts'
import { type Problem, printProblem } from '../content/problem.ts'
import type { Instant } from '../domain/article.ts'
import type { Health } from '../http/health.ts'
import type { Publisher } from '../publishing/publisher.ts'
import type { Journal } from '../telemetry/journal.ts'
import type { Announcing } from './announcing.ts'
import { counted } from './counted.ts'
import type { Numbers } from './numbers.ts'
import { type Follower, followFirst, type Part } from './part.ts'
import { visible } from './visible.ts'

/**
 * A folder with fewer files is walked whole at each change, in some 25 milliseconds. The watcher tells a little late, so two
 * files that were changed together are then one change, even while others follow.
 */
const WALKED_WHOLE = 5_000

/** Tells of changes in the folder from now on: the first worker watches it, the others follow the first. */
export async function watchFrom(
  part: Part,
  folder: string,
  memory: FolderMemory,
  journal: Journal,
  stopping: AbortSignal,
) {
  if (!part.isFirst) return followFirst(part)
  const failed = (error: unknown) => {
    if (stopping.aborted) return
    journal.tell('error', `Changes in ${folder} can't be followed: ${(error as Error).message}`)
  }
  return watchFolder(folder, failed, {
    hasLinks: () => mayHoldLinks(memory),
    beside: () => configurationOf(folder, memory),
  })
}

/** Tells each error, but only the number of warnings: `gazette check` shows those better, and all at once. */
export function tellErrors({ problems }: Content, journal: Journal): void {
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

/** The follower that publishes the folder as it is read again, and tells what became wrong with it. */
export function follow(
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

/** The other workers begin to read at the same moment as the first. */
export function tellOthers(part: Part, changed: Changed, at: Instant): void {
  if (part.isFirst)
    void part.tell({ kind: 'reading', changed: changed === undefined ? null : [...changed], at })
}

/** Problems that nobody was told of yet. Those of files that were not read again are the same objects as before. */
function newAmong(problems: readonly Problem[], before: readonly Problem[]): Problem[] {
  const known = new Set(before)
  const others = problems.filter((one) => !known.has(one))
  const files = new Set(others.map(({ file }) => file))
  const told = new Set(before.filter(({ file }) => files.has(file)).map(printProblem))
  return others.filter((one) => !told.has(printProblem(one)))
}
