// The numbers of several processes in one page, including those of processes that don't answer or have ended.
import { AggregatorRegistry } from 'prom-client'
import type { Metrics, Tally } from './metrics.ts'

/** Milliseconds to wait for a process. After that, what it told last is used. */
const PATIENCE = 1_000

export interface Tallies<Process> extends Pick<Metrics, 'page'> {
  /** Takes what a process counted. */
  readonly tell: (process: Process, tally: Tally) => void
  /** Says that a process ended. What it counted stays. */
  readonly end: (process: Process) => void
}

/**
 * Sums the tallies, except for gauges that all processes see alike.
 * @param ask asks processes for their tallies, and gives back which.
 */
export function gatherTallies<Process>(ask: () => Iterable<Process>): Tallies<Process> {
  const last = new Map<Process, Tally>()
  const waits = new Set<{ readonly left: Set<Process>; readonly done: () => void }>()
  let past: Tally = []

  function isWaitedForNoMore(process: Process): void {
    for (const { left, done } of waits) {
      left.delete(process)
      if (left.size === 0) done()
    }
  }

  function waitFor(left: Set<Process>): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer)
        waits.delete(wait)
        resolve()
      }
      const wait = { left, done }
      const timer = setTimeout(done, PATIENCE).unref()
      waits.add(wait)
      if (left.size === 0) done()
    })
  }

  return {
    tell(process, tally) {
      last.set(process, tally)
      isWaitedForNoMore(process)
    },
    end(process) {
      // To Prometheus, a sum that shrinks looks as if counting had begun anew.
      past = countsIn([past, last.get(process) ?? []])
      last.delete(process)
      isWaitedForNoMore(process)
    },
    async page() {
      await waitFor(new Set(ask()))
      const sum = AggregatorRegistry.aggregate([past, ...last.values()])
      return { type: sum.contentType, text: await sum.metrics() }
    },
  }
}

/** The sums of what only grows. */
function countsIn(tallies: readonly Tally[]): Tally {
  const kinds: readonly unknown[] = ['counter', 'histogram']
  const sum = AggregatorRegistry.aggregate([...tallies])
  return sum.getMetricsAsArray().filter(({ type }) => kinds.includes(type))
}
