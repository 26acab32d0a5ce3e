#!/usr/bin/env node
// The program `gazette`.
import { run } from './commands/commands.ts'
import { isWorker } from './commands/part.ts'
import { TERMINAL } from './commands/terminal.ts'

let hasFailed = false
// A server has more to do than to say how it is.
const isServer = process.argv[2] === 'serve'
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    // Who reads only the beginning, as `head` does, closes the pipe; what is under way goes on.
    if (code === 'EPIPE' || isServer || hasFailed) return
    hasFailed = true
    process.exitCode = 1
    process.stderr.write(`gazette: Can't write what there is to say: ${code}.\n`)
  })
}

const code = await run(process.argv.slice(2), process.env, TERMINAL)
process.exitCode ||= code
// What ties a worker to the process that started it would keep it running.
if (isWorker()) process.exit()
