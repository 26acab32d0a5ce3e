// Dates as people write them: which moment each is in the site's zone, and that the machine's zone is nobody's.
import { describe, expect, it, onTestFinished } from 'vitest'
import { inNumbers } from '../../../../src/content/syntax/dates.ts'
import {
  asDay,
  calendar,
  readMoment,
  startOfNextDay,
  writtenCalendar,
} from '../../../../src/domain/time.ts'
import { readFiles } from '../../support/folder.ts'

const SHANGHAI = 'Asia/Shanghai'
const NEW_YORK = 'America/New_York'
const SAO_PAULO = 'America/Sao_Paulo'

/** What was written, the site's zone, the moment in UTC. */
const MOMENTS: [string, string, string][] = [
  ['2026-03-09T08:30:00Z', SHANGHAI, '2026-03-09T08:30:00.000Z'],
  ['2026-03-09T08:30:00z', SHANGHAI, '2026-03-09T08:30:00.000Z'],
  ['2026-03-09 08:30 UTC', SHANGHAI, '2026-03-09T08:30:00.000Z'],
  ['2026-03-09 08:30:00 GMT', NEW_YORK, '2026-03-09T08:30:00.000Z'],
  ['2026-03-09T08:30:00+08:00', NEW_YORK, '2026-03-09T00:30:00.000Z'],
  ['2026-03-09T08:30:00+0530', NEW_YORK, '2026-03-09T03:00:00.000Z'],
  ['2026-03-09T08:30:00-08', SHANGHAI, '2026-03-09T16:30:00.000Z'],
  ['2015-03-17 14:00:00 -4', SHANGHAI, '2015-03-17T18:00:00.000Z'],
  ['2026-03-09T08:30:00.25Z', SHANGHAI, '2026-03-09T08:30:00.250Z'],
  ['2026-03-09T08:30:00,123456789Z', SHANGHAI, '2026-03-09T08:30:00.123Z'],
  // Without a zone.
  ['2026-03-09T08:30:00', SHANGHAI, '2026-03-09T00:30:00.000Z'],
  ['2026-03-09 08:30', SHANGHAI, '2026-03-09T00:30:00.000Z'],
  ['2013/7/13 20:46:25', SHANGHAI, '2013-07-13T12:46:25.000Z'],
  ['2013/7/13 9:05', NEW_YORK, '2013-07-13T13:05:00.000Z'],
  ['  2026-03-09 08:30\n', SHANGHAI, '2026-03-09T00:30:00.000Z'],
  ['2026-01-09 08:30', NEW_YORK, '2026-01-09T13:30:00.000Z'],
  ['2026-07-09 08:30', NEW_YORK, '2026-07-09T12:30:00.000Z'],
  // Without a time: the start of the day.
  ['2026-03-09', SHANGHAI, '2026-03-08T16:00:00.000Z'],
  ['2026-03-09', 'UTC', '2026-03-09T00:00:00.000Z'],
  ['2026/3/9', NEW_YORK, '2026-03-09T04:00:00.000Z'],
  ['2024-02-29', 'UTC', '2024-02-29T00:00:00.000Z'],
  ['2018-11-04', SAO_PAULO, '2018-11-04T03:00:00.000Z'],
  // A wall time that a clock change skips, and one that it repeats.
  ['2026-03-08 02:30', NEW_YORK, '2026-03-08T07:30:00.000Z'],
  ['2026-11-01 01:30', NEW_YORK, '2026-11-01T05:30:00.000Z'],
  ['2018-11-04 00:30', SAO_PAULO, '2018-11-04T03:30:00.000Z'],
]

const NO_MOMENTS = [
  ...['', ' ', 'yesterday', '2024-02-30', '2023-02-29', '2026-04-31', '2026-13-01'],
  ...['2026-00-10', '2026-01-00', '2026-1', '2026', '20260309', '1773045000', '26-03-09'],
  ...['09.03.2026', '03/09/2026', '2026-03-09T', '2026-03-09T8', '2026-03-09T24:00:00'],
  ...['2026-03-09T08:60:00', '2026-03-09T08:30:61', '2026-03-09T08:30:00+25:00'],
  ...['2026-03-09T08:30:00+08:60', '2026-03-09T08:30:00 Beijing', '2026-03-09T08:30:00Z Z'],
  ...['2026-03-09T08:30:00[Asia/Shanghai]x', '２０２６-03-09', '+002026-03-09'],
  // In UTC, as feeds say it, a year of five digits, and one before the first.
  ...['9999-12-31T23:59:00-05:00', '0001-01-01T00:00:00+12:00', '0000-06-01'],
  ...['2026-02-30 10:00', '2026-03-09T08:30:00Z\n2026-03-10'],
]

/** With words, or by other habits: what is written, and the moment in UTC for a site in Shanghai. */
const WORDED: [string, string][] = [
  ['Jul 08 2022', '2022-07-07T16:00:00.000Z'],
  ['July 8, 2022', '2022-07-07T16:00:00.000Z'],
  ['Sept. 8th, 2022', '2022-09-07T16:00:00.000Z'],
  ['8 July 2022', '2022-07-07T16:00:00.000Z'],
  ['08-Jul-2022', '2022-07-07T16:00:00.000Z'],
  ['Fri, 08 Jul 2022 10:05:09 +0000', '2022-07-08T10:05:09.000Z'],
  ['Friday, July 8, 2022 at 9:05 PM', '2022-07-08T13:05:00.000Z'],
  ['2022-07-08 12:05 am', '2022-07-07T16:05:00.000Z'],
  ['2022-07-08 12:05 p.m.', '2022-07-08T04:05:00.000Z'],
  ['2022-07-08T09:05PM', '2022-07-08T13:05:00.000Z'],
  ['Fri Jul 08 2022 10:05:09 GMT+0000 (Coordinated Universal Time)', '2022-07-08T10:05:09.000Z'],
  ['Fri Jul 08 2022 20:05:09 GMT+1000 (澳大利亚东部标准时间)', '2022-07-08T10:05:09.000Z'],
  ['Jul 08 2022 10:05:09 GMT-0430', '2022-07-08T14:35:09.000Z'],
  ['2022-07-08 21:05 UTC+8', '2022-07-08T13:05:00.000Z'],
  ['2022-07-08 21:05:09 -0300 -03', '2022-07-09T00:05:09.000Z'],
  ['2022-07-08 21:05:09.5 +0800 CST', '2022-07-08T13:05:09.500Z'],
  ['2022年7月8日', '2022-07-07T16:00:00.000Z'],
  ['2022 年 07 月 08 日 21:05:09', '2022-07-08T13:05:09.000Z'],
  ['2022.7.8', '2022-07-07T16:00:00.000Z'],
  ['2022.7.8 21:05', '2022-07-08T13:05:00.000Z'],
]

describe('a date with words', () => {
  it.each(WORDED)('%j is %s', (written, expected) => {
    const moment = readMoment(inNumbers(written), SHANGHAI)
    expect(moment === undefined ? moment : new Date(moment).toISOString()).toBe(expected)
  })

  it.each([
    ...NO_MOMENTS,
    '7/8/2022',
    'Feb 30 2022',
    'Julember 8 2022',
    'July 2022',
    'July 8',
    '8 July 22',
    '2022-07-08 13:05 pm',
    '2022-07-08 CST',
    '2022-07-08 13:05 CST',
    '2022-07-08 13:05 (CST)',
    '2022-07-08 9:05 +0800 PM',
    '2022-07-08 13:05 +0800 in China',
    '2022-07-08 0:05 pm',
    'Fri, 08 Jul 2022 10:05:09 EST',
    '2022年13月8日',
    '7月8日',
  ])('%j is reported, not guessed', (written) => {
    expect(readMoment(inNumbers(written), SHANGHAI)).toBeUndefined()
  })
})

describe('a date or date-time as written', () => {
  it.each(MOMENTS)('%j in %s is %s', (written, zone, expected) => {
    const moment = readMoment(written, zone)
    expect(moment === undefined ? moment : new Date(moment).toISOString()).toBe(expected)
  })

  it.each(NO_MOMENTS)('%j is none', (written) => {
    expect(readMoment(written, SHANGHAI)).toBeUndefined()
  })
})

describe('the days of a zone', () => {
  it.each([
    ['2026-03-08T16:00:00Z', SHANGHAI, '2026-03-09'],
    ['2026-03-08T16:00:01Z', SHANGHAI, undefined],
    ['2018-11-04T03:00:00Z', SAO_PAULO, '2018-11-04'],
  ])('%s in %s is the start of %s', (instant, zone, day) => {
    expect(asDay(Date.parse(instant), zone)).toBe(day)
  })

  it('a day on which clocks change has 23 or 25 hours', () => {
    const next = (day: string) => startOfNextDay(Date.parse(day), NEW_YORK)
    expect(next('2026-03-08T05:00:00Z')).toBe(Date.parse('2026-03-09T04:00:00Z'))
    expect(next('2026-11-01T04:00:00Z')).toBe(Date.parse('2026-11-02T05:00:00Z'))
  })

  it('the parts that a permalink spells are those of the site, with leading zeros', () => {
    const instant = Date.parse('2026-03-08T16:30:00Z')
    const time = { minute: '30', second: '00' }
    const ninth = { year: '2026', month: '03', day: '09', hour: '00', ...time }
    expect(calendar(instant, SHANGHAI)).toEqual(ninth)
    expect(calendar(instant, NEW_YORK)).toEqual({ ...ninth, day: '08', hour: '12' })
  })

  it.each([
    ['2026-03-09', '2026-03-09 00:00:00'],
    ['2026-03-09T23:30:00-05:00', '2026-03-09 23:30:00'],
    ['2026/3/9 1:05 +0900', '2026-03-09 01:05:00'],
    ['2026-03-09 01:05:06 UTC', '2026-03-09 01:05:06'],
    ['2026-02-30', ''],
    ['soon', ''],
  ])('the parts of %s as it is written are %s', (written, expected) => {
    const { year, month, day, hour, minute, second } = writtenCalendar(written) ?? {}
    const parts = year === undefined ? '' : `${year}-${month}-${day} ${hour}:${minute}:${second}`
    expect(parts).toBe(expected)
  })
})

describe('the time zone of the process changes nothing', () => {
  it.each(['Pacific/Kiritimati', 'America/New_York', 'UTC'])('TZ=%s', async (zone) => {
    inZone(zone)
    for (const [written, site, expected] of MOMENTS) {
      expect(readMoment(written, site), written).toBe(Date.parse(expected))
    }
    const { articles } = await readFiles({
      'site.yaml': 'title: T\ntimezone: Asia/Shanghai\npermalink: /:year/:month/:day/:slug/\n',
      'a.md': '---\ntitle: A\npublished: 2026-03-09\n---\n',
      'b.md': '---\ntitle: B\npublished: 2026-03-09 00:30\n---\n',
    })
    expect(articles).toMatchObject([
      {
        id: 'tag:gazette.invalid,2026:2026-03-09:a',
        published: Date.UTC(2026, 2, 8, 16),
        link: 'http://127.0.0.1:8080/2026/03/09/a/',
      },
      {
        id: 'tag:gazette.invalid,2026:2026-03-08T16:30:00Z',
        published: Date.UTC(2026, 2, 8, 16, 30),
        link: 'http://127.0.0.1:8080/2026/03/09/b/',
      },
    ])
  })
})

/** Sets the zone of this process until the test's end, and makes sure that it took. */
function inZone(zone: string): void {
  const before = process.env.TZ
  onTestFinished(() => {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  })
  process.env.TZ = zone
  const hour = new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: zone })
  expect(new Date(0).getHours()).toBe(Number(hour.format(0)))
}
