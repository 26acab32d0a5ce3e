#!/usr/bin/env node
// The program `gazette`.
import { run } from './commands/commands.ts'
import { TERMINAL } from './commands/terminal.ts'

process.exitCode = await run(process.argv.slice(2), process.env, TERMINAL)
