// The command line, called in the process: how it ended, and what it said.
import { run } from '../../../src/commands/commands.ts'

export async function gazette(...args: string[]) {
  const out: string[] = []
  const error: string[] = []
  const terminal = {
    print: (line: string) => out.push(line),
    error: (line: string) => error.push(line),
  }
  const code = await run(args, {}, terminal)
  return { code, out: out.join('\n'), error: error.join('\n') }
}
