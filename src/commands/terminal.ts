// Where a command speaks: results to standard output, everything else to standard error.

export interface Terminal {
  readonly print: (line: string) => void
  readonly error: (line: string) => void
  /** One line that each call writes over, empty to take it away; only where a person watches. */
  readonly progress?: (line: string) => void
}

export const TERMINAL: Terminal = {
  print: (line) => {
    process.stdout.write(`${line}\n`)
  },
  error: (line) => {
    process.stderr.write(`${line}\n`)
  },
  ...(process.stderr.isTTY
    ? {
        progress: (line) => {
          process.stderr.write(`\r\x1b[K${line}`)
        },
      }
    : {}),
}
