// What `gazette stats` prints: who is read and who asks badly, in lines that nothing a client sent can act in.
import { expect, it } from 'vitest'
import { printReport } from '../../../src/commands/stats-report.ts'
import type { FeedReport, Offender, Report } from '../../../src/readership/report.ts'

const FEED: FeedReport = {
  ...{ feed: 'rss.xml', status: 200, subscribers: 0, readers: 0, polls: 0 },
  ...{ confirmed: 0, deltas: 0, software: [] },
}
const OFFENDER: Offender = {
  ...{ feed: 'rss.xml', software: 'a bot', mark: 'x', manner: 'early' },
  ...{ times: 4, polls: 5, status: 200 },
}

function printed(said: Partial<Report>): string {
  const report: Report = { at: 0, subscribers: 0, readers: 0, feeds: [], offenders: [], ...said }
  return printReport(report, 0, false, (_, text) => text).join('\n')
}

it('a feed is named that has subscribers or was asked for, and no other', () => {
  const feeds = [
    { ...FEED, feed: 'subscribed', subscribers: 3 },
    { ...FEED, feed: 'asked-for', polls: 1 },
    { ...FEED, feed: 'neither' },
  ]
  const names = printed({ feeds }).match(/subscribed|asked-for|neither/g)
  expect(names).toEqual(['subscribed', 'asked-for'])
})

it('what clients call feeds and themselves is only shown', () => {
  const feeds = [{ ...FEED, feed: '\u001B[2Ja', polls: 1 }]
  const offenders = [{ ...OFFENDER, feed: '\u001B[2Jb', software: '\u009Bc', mark: '\u202Ed' }]
  const lines = printed({ feeds, offenders })
  for (const shown of ['␛[2Ja', '␛[2Jb', '�c (�d)']) expect(lines).toContain(shown)
})
