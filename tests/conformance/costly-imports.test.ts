// Files that try to exhaust an import are done soon; too slow, all together, for the quick suite.
import { describe, expect, it } from 'vitest'
import { importing, post, rss, wxr } from '../quick/support/import.ts'

/** Milliseconds; each of these takes a small part of it. */
const SOON = 5_000

describe('what is large is done soon', { timeout: SOON }, () => {
  const long = 50_000
  it.each<[string, string]>([
    ['blanks', ' '.repeat(long)],
    ['blanks between line ends', `a${' \n'.repeat(long)}b`],
    ['brackets', '[a '.repeat(long)],
    ['shortcodes that never end', '[box x="1"]'.repeat(10_000)],
    ['ends of shortcodes', '[/box]'.repeat(10_000)],
    ['stars', '*_`~'.repeat(10_000)],
    ['bold in bold', `${'<b>x'.repeat(300)}`],
    ['quotes in quotes', '<blockquote>'.repeat(300)],
    ['links', '<a href="https://n.example/">x</a>'.repeat(2_600)],
    ['cells', `<table>${'<tr><td>x<td>y'.repeat(2_600)}</table>`],
    ['broken tags', '<a <b <!-- '.repeat(400)],
    ['mail signs', '@a.b '.repeat(10_000)],
  ])('a body of %s', async (_, body) => {
    const { code, files } = await importing(wxr(post('', body)))
    expect([code, files.length]).toEqual([0, 1])
  })

  it.each<[string, string]>([
    ['categories', '<category>a</category>'.repeat(10_000)],
    [
      'paths',
      Array.from(
        { length: 5_000 },
        (_, at) => `<category domain="https://p.example/categories/">a/${at}</category>`,
      ).join(''),
    ],
    [
      'a group of media and of words about each',
      `<media:group>${'<media:content url="/a"/>'.repeat(10_000)}${'<a/>'.repeat(10_000)}</media:group>`,
    ],
    ['an author of signs', `<author>${'@'.repeat(long)}</author>`],
    ['a title of blanks', `<title>${' '.repeat(long)}x</title>`],
    ['a date of blanks', `<pubDate>${' '.repeat(long)}x</pubDate>`],
  ])('an item of %s', async (_, inner) => {
    const { code } = await importing(rss(`<item><guid>a</guid><title>T</title>${inner}</item>`))
    expect(code).toBe(0)
  })

  it('a page of lines that look like facts', async () => {
    const lines = [
      '您的位置 首页 › 新闻',
      '标题',
      '（本文来源甲，由乙整理）',
      '丙 摄',
      '编辑：丁',
      '相关文章',
      '戊',
    ]
    const { code } = await importing(`${lines.join('\n')}\n`.repeat(1_000))
    expect(code).toBe(0)
  })
})
