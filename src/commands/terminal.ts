// Where a command speaks: results to standard output, everything else to standard error.

export interface Terminal {
  readonly print: (line: string) => void
  readonly error: (line: string) => void
}

export const TERMINAL: Terminal = {
  print: (line) => {
    process.stdout.write(`${line}\n`)
  },
  error: (line) => {
    process.stderr.write(`${line}\n`)
  },
}
