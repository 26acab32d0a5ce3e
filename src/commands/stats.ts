// `gazette stats`: which feeds are read, by how many and with what, and who asks badly.
import path from 'node:path'
import { readBook } from '../readership/book.ts'
import { reportOn } from '../readership/report.ts'
import { styleFor } from './check-report.ts'
import { readKept } from './kept-file.ts'
import type { Values } from './options.ts'
import { bookIn, said } from './readership.ts'
import { statePath } from './state.ts'
import { printReport, reportForMachines } from './stats-report.ts'
import type { Terminal } from './terminal.ts'

/** Resolves with the exit code: 0, or 1 where what was counted can't be read. */
export async function stats(values: Values, terminal: Terminal): Promise<number> {
  const folder = path.resolve(values.content as string)
  const file = bookIn(statePath(values.state as string | undefined, folder, process.env))
  const { ledger, at } = await readBookAt(file, terminal)
  if (ledger === undefined) return 1
  // As of then, so that a server that was stopped for a while loses no readers.
  const report = reportOn(ledger.feeds(), at ?? 0)
  if (values.json === true) {
    terminal.print(JSON.stringify(reportForMachines(report, at), undefined, 2))
    return 0
  }
  const style = styleFor(terminal.hasColours === true)
  for (const line of printReport(report, at, values.all === true, style)) terminal.print(line)
  if (at === undefined) terminal.print(`(${file} is not there yet.)`)
  return 0
}

async function readBookAt(file: string, terminal: Terminal) {
  const text = await readKept(file)
  try {
    return readBook(text)
  } catch (error) {
    terminal.error(`${file} can't be read: ${said(error)}. The server begins it anew.`)
    return { ledger: undefined, at: undefined }
  }
}
