#!/usr/bin/env node
// The program `gazette`.
import { run } from './commands/commands.ts'
import { isWorker } from './commands/part.ts'
import { TERMINAL } from './commands/terminal.ts'

// Who reads only the beginning, as `head` does, closes the pipe; what is under way goes on.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

process.exitCode = await run(process.argv.slice(2), process.env, TERMINAL)
// What ties a worker to the process that started it would keep it running.
if (isWorker()) process.exit()
