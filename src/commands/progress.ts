// A bar for long work, on a terminal that people watch; nothing in a pipe.
import type { Progress as FolderProgress } from '../content/folder/readings.ts'
import type { Terminal } from './terminal.ts'

export interface Progress {
  /** Shows which work is under way, and how much of it is done. */
  readonly show: (work: string, done: number, of: number) => void
  /** Shows how much of a folder is read. */
  readonly reading: FolderProgress
  /** Takes the bar away. */
  readonly end: () => void
}

/** Milliseconds of work before a bar appears, and between its changes. */
const PATIENCE = 400
const INTERVAL = 80
const CELLS = 24
const STEPS = { read: 'Reading', made: 'Cleaning' } as const

export function progressOn({ status }: Pick<Terminal, 'status'>, clock: () => number): Progress {
  let due = clock() + PATIENCE
  let isShown = false
  const show = (work: string, done: number, of: number) => {
    if (status === undefined || clock() < due) return
    due = clock() + INTERVAL
    isShown = true
    const filled = of === 0 ? CELLS : Math.round((done / of) * CELLS)
    const bar = '█'.repeat(filled) + '░'.repeat(CELLS - filled)
    status(`${work.padEnd(8)} ${bar} ${done} of ${of}`)
  }
  return {
    show,
    reading: (step, done, of) => show(STEPS[step], done, of),
    end() {
      if (isShown) status?.('')
    },
  }
}
