// Opens a server's journal and its metrics where the options say, and never in the content folder.
import { type Journal, spokenJournal, writtenJournal } from '../telemetry/journal.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { type MetricsServer, serveMetrics } from '../telemetry/metrics-server.ts'
import { UsageError, type Values } from './options.ts'
import { keepOutside } from './state.ts'
import type { Terminal } from './terminal.ts'

/** @throws UsageError where it can't be opened. */
export async function openJournal(
  values: Values,
  folder: string,
  terminal: Terminal,
): Promise<Journal> {
  const file = values.log as string | undefined
  if (file !== '-') keepOutside(folder, 'log', file)
  if (file === undefined) return spokenJournal(terminal.error)
  const failed = ({ message }: Error) => terminal.error(`The log can't be written: ${message}.`)
  try {
    const journal = await writtenJournal(file === '-' ? 2 : file, failed)
    const reopen = () => void journal.reopen().catch(failed)
    process.on('SIGHUP', reopen)
    return {
      ...journal,
      close: () => {
        process.off('SIGHUP', reopen)
        return journal.close()
      },
    }
  } catch (error) {
    throw new UsageError(`Can't write the log: ${(error as Error).message}.`)
  }
}

/** @throws UsageError where it can't listen. */
export async function openMetrics(
  metrics: Pick<Metrics, 'page'>,
  address: string | undefined,
): Promise<MetricsServer | undefined> {
  if (address === undefined) return undefined
  const place = readPlace(address)
  try {
    return await serveMetrics(metrics, place)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new UsageError(`Can't give the metrics at ${address}: ${code ?? message}.`)
  }
}

/** `127.0.0.1:9464`, `[::1]:9464`, or a port alone, on the machine itself. */
function readPlace(text: string): { host: string; port: number } {
  const [, host = '127.0.0.1', digits = ''] = /^(?:(.+):)?(\d{1,5})$/.exec(text) ?? []
  const port = digits === '' ? Number.NaN : Number(digits)
  if (!(port <= 65_535))
    throw new UsageError(`--metrics should be such as 127.0.0.1:9464; found "${text}".`)
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port }
}
