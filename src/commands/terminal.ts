// Where a command speaks: results to standard output, everything else to standard error.

export interface Terminal {
  readonly print: (line: string) => void
  readonly error: (line: string) => void
  /** Whether standard output shows colours. */
  readonly hasColours?: boolean
  /** Cells of a line of standard output, where that is a terminal. */
  readonly columns?: number | undefined
  /** Shows how far long work is, in place of what it showed before; only where standard error is a terminal. */
  readonly status?: ((text: string) => void) | undefined
}

export const TERMINAL: Terminal = {
  print: (line) => {
    process.stdout.write(`${line}\n`)
  },
  error: (line) => {
    process.stderr.write(`${line}\n`)
  },
  get hasColours() {
    return process.stdout.isTTY === true && process.stdout.hasColors()
  },
  get columns() {
    return process.stdout.isTTY === true ? process.stdout.columns : undefined
  },
  get status() {
    if (process.stderr.isTTY !== true) return undefined
    // A text that wraps can't be erased: each would leave a line of the one before.
    const cells = (process.stderr.columns || 80) - 1
    return (text: string) => void process.stderr.write(`\r\u001B[K${text.slice(0, cells)}`)
  },
}
