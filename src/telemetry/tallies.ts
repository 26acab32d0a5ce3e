// The numbers of several processes in one page, also of those that don't answer or are no more.
import { AggregatorRegistry } from 'prom-client'
import type { Metrics, Tally } from './metrics.ts'

/** Milliseconds for which a process is waited for; then what it told last stands for it. */
const PATIENCE = 1_000

export interface Tallies<Process> extends Pick<Metrics, 'page'> {
  /** A process tells what it counted. */
  readonly tell: (process: Process, tally: Tally) => void
  /** It is no more; what it counted stays. */
  readonly end: (process: Process) => void
}

/**
 * Sums, but for what each process sees alike.
 * @param ask asks processes for their tallies, and gives back which ones.
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
      // A sum that became less would look to Prometheus as if all were counted anew.
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

/** What only grows. */
function countsIn(tallies: readonly Tally[]): Tally {
  const kinds: readonly unknown[] = ['counter', 'histogram']
  const sum = AggregatorRegistry.aggregate([...tallies])
  return sum.getMetricsAsArray().filter(({ type }) => kinds.includes(type))
}
