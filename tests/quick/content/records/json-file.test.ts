// JSON files: one record, a list of them or one a line, of which a wrong one is lost alone.
import { describe, expect, it } from 'vitest'
import { readFiles } from '../../support/folder.ts'
import { beside } from '../../support/records.ts'

const MOMENT_IN_JSON = '"published": "2026-03-09T08:30:00Z"'

describe('a JSON file', () => {
  const one = (title: string, hour: string) =>
    `{"title": "${title}", "published": "2026-03-09T${hour}:00:00Z"}`

  it('of one record is an article, with its body in one of three forms', async () => {
    const body = (form: string, hour: string) =>
      JSON.stringify({ title: form, published: `2026-03-09T${hour}:00Z`, [form]: 'a *b* <i>c</i>' })
    const { articles, problems } = await readFiles({
      '1.json': body('markdown', '01'),
      '2.json': body('html', '02'),
      '3.json': body('text', '03'),
    })
    expect(problems).toEqual([])
    expect(articles.map(({ html, text }) => [html, text])).toEqual([
      ['<p>a <em>b</em> <i>c</i></p>', 'a b c'],
      ['a *b* <i>c</i>', 'a *b* c'],
      ['<p>a *b* &#x3C;i>c&#x3C;/i></p>', 'a *b* <i>c</i>'],
    ])
  })

  it('of a list is as many articles, without the wrong ones', async () => {
    const { titles, errors } = await beside({
      'list.json': `[\n  ${one('A', '01')},\n  {"title": "B"},\n  7,\n  ${one('C', '03')}\n]\n`,
    })
    expect(titles).toEqual(['A', 'C', 'Good'])
    expect(errors).toMatchObject([
      { file: 'list.json', line: 3, column: 3, field: 'published' },
      { file: 'list.json', line: 4, column: 3 },
    ])
  })

  it.each(['\n', '\r\n'])(
    'of one record a line (lines end with %j) loses a bad one alone',
    async (end) => {
      const { titles, errors } = await beside({
        'lines.ndjson': [
          one('A', '01'),
          '{"title": "B",',
          one('C', '03'),
          '',
          '{"title": [1]}',
        ].join(end),
      })
      expect(titles).toEqual(['A', 'C', 'Good'])
      expect(errors).toMatchObject([
        { file: 'lines.ndjson', line: 2, column: expect.any(Number) },
        { file: 'lines.ndjson', line: 5, column: 11, field: 'title' },
      ])
    },
  )

  it.each(['lines.ndjson', 'lines.jsonl'])('%s loses a bad first line alone', async (name) => {
    const { titles, errors } = await beside({
      [name]: ['{"title": "A"', one('B', '02'), one('C', '03')].join('\n'),
    })
    expect(titles).toEqual(['B', 'C', 'Good'])
    expect(errors).toMatchObject([{ file: name, line: 1 }])
  })

  it.each([
    ['a comma too many', `{\n  "title": "A",\n  ${MOMENT_IN_JSON},\n}\n`, 3, 4],
    ['a comma too few', `{\n  "title": "A"\n  ${MOMENT_IN_JSON}\n}\n`, 2, 3],
    ['a comment', `{\n  // no JSON\n  "title": "A",\n  ${MOMENT_IN_JSON}\n}\n`, 2, 2],
    ['no end', `{\n  "title": "A",\n  ${MOMENT_IN_JSON}\n`, 3, 4],
  ])('with %s is told to be no JSON, with the line', async (_, text, first, last) => {
    const { titles, errors } = await beside({ 'bad.json': text })
    expect(titles).toEqual(['Good'])
    expect(errors).toMatchObject([{ file: 'bad.json', sentence: expect.stringMatching(/JSON/) }])
    expect(errors[0]?.line).toBeGreaterThanOrEqual(first)
    expect(errors[0]?.line).toBeLessThanOrEqual(last)
  })
})
