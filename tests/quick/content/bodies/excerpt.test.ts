// The summary of an article that gives none: what stands before `<!-- more -->`, else its first paragraphs.
import { describe, expect, it } from 'vitest'
import { bodyOf } from '../../support/bodies.ts'
import { readFiles } from '../../support/folder.ts'

const matter = (fields = '') => `---\ntitle: A\npublished: 2026-03-09T08:30:00Z\n${fields}---\n`

async function summaryOf(source: string, name = 'a.md', fields = ''): Promise<string | undefined> {
  const { articles } = await readFiles({ [name]: matter(fields) + source })
  return articles[0]?.summary
}

describe('<!-- more --> ends the summary', () => {
  it.each(['<!-- more -->', '<!--more-->', '<!--MORE-->', '<!--  More\t-->', '<!--\nmore\n-->'])(
    'as %j',
    async (mark) => {
      expect(await summaryOf(`First *one*.\n\nSecond.\n\n${mark}\n\nThird.`)).toBe(
        'First one. Second.',
      )
      expect(await summaryOf(`<p>First.</p><p>Sec${mark}ond.</p>`, 'a.html')).toBe('First. Sec')
    },
  )

  it.each([
    [
      'a summary that is given wins',
      'First.\n\n<!--more-->\n\nSecond.',
      'summary: Given\n',
      'Given',
    ],
    ['only the first one counts', 'First.\n\n<!--more-->\n\nb\n\n<!--more-->\n\nc', '', 'First.'],
    [
      'one before everything ends nothing',
      '<!--more-->\n\nFirst.\n\nSecond.',
      '',
      'First. Second.',
    ],
    [
      'one after a picture alone ends nothing',
      '![a](/a.png)\n\n<!--more-->\n\nFirst.',
      '',
      'First.',
    ],
    ['one in code is code', 'First.\n\n`<!--more-->`\n\nSecond.', '', 'First. <!--more--> Second.'],
    ['another comment is none', 'First.\n\n<!-- more or less -->\n\nSecond.', '', 'First. Second.'],
    ['headings are left out', '# Head\n\nFirst.\n\n<!--more-->\n\nSecond.', '', 'First.'],
    ['lists are not', 'First:\n\n- a\n- b\n\n<!--more-->\n\nSecond.', '', 'First: a b'],
  ])('%s', async (_, source, fields, summary) =>
    expect(await summaryOf(source, 'a.md', fields)).toBe(summary),
  )

  it('far from the beginning, too, but not at any length', async () => {
    const lead = 'All of this was chosen. '.repeat(20).trim()
    expect(await summaryOf(`${lead}\n\n<!--more-->\n\nSecond.`)).toBe(lead)
    const long = await summaryOf(`${lead.repeat(10)}\n\n<!--more-->\n\nSecond.`)
    expect(long?.length).toBeLessThanOrEqual(1_000)
    expect(long).toMatch(/chosen\.$/)
  })

  it('and no comment is left in the body', () => {
    const { html, lead } = bodyOf('<p>a<!--more-->b<!-- secret --></p><!--more--><p>c</p>')
    expect(html).toBe('<p>ab</p><p>c</p>')
    expect(lead).toBe('a')
  })
})

describe('without it, the first paragraphs are the summary', () => {
  it.each([
    ['not headings', '# Head\n\nFirst.\n\n## Head\n\nSecond.', 'First. Second.'],
    ['not code', '```\ncode\n```\n\nFirst.', 'First.'],
    ['not tables', '| a |\n| - |\n| b |\n\nFirst.', 'First.'],
    [
      'not captions',
      '<figure><img src="/a.png"><figcaption><p>b</p></figcaption></figure>\n\nFirst.',
      'First.',
    ],
    ['not lists', '- a\n\n- b\n\nFirst.', 'First.'],
    ['not quotations', '> [!NOTE]\n> a\n\nFirst.', 'First.'],
    ['not the marks of footnotes', 'First[^1].\n\n[^1]: Note.', 'First.'],
    [
      'not how words are read',
      '<ruby>漢<rp>(</rp><rt>hàn</rt><rp>)</rp>字<rt>zì</rt></ruby>。',
      '漢字。',
    ],
    [
      'not links to films',
      '<iframe src="https://player.vimeo.com/video/1"></iframe>\n\nFirst.',
      'First.',
    ],
    ['not pictures', '![a](/a.png)\n\nFirst.', 'First.'],
    ['not what stands below one', '![a](/a.png)\n*b*\n\nFirst.', 'First.'],
    ['that leads somewhere', '[![a](/a.png)](/b)\n![c](/c.png)\n*d*\n\nFirst.', 'First.'],
    ['but what stands beside one', '![a](/a.png) First, *b*.', 'First, b.'],
    ['or what begins in italics', '*Last* is first.', 'Last is first.'],
    ['wherever they stand', '<div><section><p>First.</p></section></div>', 'First.'],
    ['but lists where there are none', '# Head\n\n- a\n- b', 'a b'],
    ['or text without markup', '<div>First<br>Second</div>', 'First Second'],
    ['or headings where that is all', '# Head', 'Head'],
    [
      'without the breaks of their lines in Chinese',
      '码头\n启用，*今天\n上午*。',
      '码头启用，今天上午。',
    ],
  ])('%s', async (_, source, summary) => expect(await summaryOf(source)).toBe(summary))

  it('and nothing of a body without words', async () => {
    expect(await summaryOf('![](/a.png)')).toBeUndefined()
  })
})
