// What `gazette stats` prints: a table of the feeds, then those who ask badly.
import stringWidth from 'string-width'
import { type FeedReport, MANNERS, type Report, type SoftwareReport } from '../readership/report.ts'
import type { Style } from './check-report.ts'
import { counted } from './counted.ts'
import { visible } from './visible.ts'

/** Rows that are printed without --all. */
const MOST_ROWS = 30
/** Software that is named for one feed. */
const MOST_SOFTWARE = 4
/** The most cells of an address. */
const WIDEST = 48

/** @param at when the counting ended, in milliseconds since 1970; nothing where it never began. */
export function printReport(
  { feeds, subscribers, readers, offenders }: Report,
  at: number | undefined,
  all: boolean,
  style: Style,
): string[] {
  if (at === undefined) return ['Nobody was counted yet: that begins with gazette serve.']
  const most = all ? Number.POSITIVE_INFINITY : MOST_ROWS
  const read = feeds.filter((feed) => feed.polls > 0 || feed.subscribers > 0)
  const people = `${counted(subscribers, 'subscriber')} as aggregators state, ${counted(readers, 'reader')} of their own`
  return [
    `${style('bold', people)}, up to ${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    ...table(
      ['Feed', 'Subscribers', 'Readers', 'Polls', 'Unchanged', 'With'],
      read.slice(0, most).map(rowOf),
      style,
    ),
    ...rest(read.length, most),
    ...(offenders.length === 0 ? [] : ['', style('bold', `Who asks badly (${offenders.length})`)]),
    ...offenders.slice(0, most).map(({ feed, software, mark, manner, times, polls, status }) => {
      const who = visible(`${software} (${mark})`)
      const seen = manner === 'hammers' ? `${times} in an hour` : `${times} of ${polls}`
      const answered = status === 200 ? '' : ` (${status})`
      return `  ${visible(feed)}${answered}: ${who} ${MANNERS[manner]}: ${seen}`
    }),
    ...rest(offenders.length, most),
  ]
}

/** Everything, under names that won't change. */
export function reportForMachines(report: Report, at: number | undefined) {
  return { ...report, at: at === undefined ? null : new Date(at).toISOString() }
}

function rowOf(feed: FeedReport): string[] {
  const { subscribers, readers, polls, confirmed, deltas, software, status } = feed
  const name = visible(feed.feed)
  const shown = stringWidth(name) > WIDEST ? `${[...name].slice(0, WIDEST - 1).join('')}…` : name
  const share = polls === 0 ? '–' : `${Math.round((100 * (confirmed + deltas)) / polls)} %`
  return [
    status === 200 ? shown : `${shown} (${status})`,
    String(subscribers),
    String(readers),
    String(polls),
    share,
    listed(software),
  ]
}

function listed(software: readonly SoftwareReport[]): string {
  const named = software
    .slice(0, MOST_SOFTWARE)
    .map(({ name, subscribers, readers }) => `${visible(name)} ${subscribers + readers}`)
  const more = software.length - named.length
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ')
}

/** Columns as wide as their widest cell: words aligned left, numbers right. */
function table(head: string[], rows: string[][], style: Style): string[] {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => cells(row[at]))))
  const print = (row: string[]) =>
    row
      .map((text, at) => {
        const gap = ' '.repeat((widths[at] ?? 0) - cells(text))
        return at === 0 ? text + gap : at === head.length - 1 ? text : gap + text
      })
      .join('  ')
      .trimEnd()
  return ['', style('bold', print(head)), ...rows.map(print)]
}

function cells(text = ''): number {
  return stringWidth(text)
}

function rest(count: number, most: number): string[] {
  return count > most ? [`… and ${count - most} more (--all shows them)`] : []
}
