#!/usr/bin/env node
// The program `gazette`.
import { run } from './commands/commands.ts'
import { isWorker } from './commands/part.ts'
import { TERMINAL } from './commands/terminal.ts'

let hasFailed = false
// A server goes on whether anybody hears it or not.
const isServer = process.argv[2] === 'serve'
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    // A reader such as `head` closes the pipe early; the work goes on.
    if (code === 'EPIPE' || isServer || hasFailed) return
    hasFailed = true
    process.exitCode = 1
    process.stderr.write(`gazette: Can't write what there is to say: ${code}.\n`)
  })
}

const code = await run(process.argv.slice(2), process.env, TERMINAL)
process.exitCode ||= code
// A worker's channel to the process that started it would keep it running.
if (isWorker()) process.exit()
