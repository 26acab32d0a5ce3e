// Anchors: headings can be led to, links inside a body arrive, and no id takes the place of another.
import { readdirSync, readFileSync } from 'node:fs'
import { fromHtml } from 'hast-util-from-html'
import { visit } from 'unist-util-visit'
import { describe, expect, it } from 'vitest'
import { PAGE_PREFIX } from '../../../../src/content/bodies/anchors.ts'
import { htmlOf, LINK } from '../../support/bodies.ts'

/** The ids of the HTML, by the text of what has them. */
function idsOf(html: string): [id: string, tagName: string][] {
  const found: [string, string][] = []
  visit(fromHtml(html, { fragment: true }), 'element', ({ tagName, properties: { id } }) => {
    if (id !== undefined) found.push([String(id), tagName])
  })
  return found
}

describe('a heading has GitHub’s slug of its text', () => {
  it.each([
    ['The Harbour', 'the-harbour'],
    ['What’s new, in 2026?', 'whats-new-in-2026'],
    ['a & b', 'a--b'],
    ['snake_case and kebab-case', 'snake_case-and-kebab-case'],
    ['经济：半年报', '经济半年报'],
    ['Über Straße', 'über-straße'],
    ['*Marked* `up` [text](/x)', 'marked-up-text'],
    ['🎉', undefined],
    ['!?', undefined],
    ['a\u200Bb\u202Ec', 'abc'],
  ])('%s', (text, id) => {
    expect(idsOf(htmlOf(`## ${text}`, 'markdown'))).toEqual(id === undefined ? [] : [[id, 'h2']])
  })

  it('at every level, numbered where it was there before', () => {
    expect(
      idsOf(htmlOf('# A\n\n## A\n\n### A\n\n#### A-1\n\n##### B\n\n###### A', 'markdown')),
    ).toEqual([
      ['a', 'h1'],
      ['a-1', 'h2'],
      ['a-2', 'h3'],
      ['a-1-1', 'h4'],
      ['b', 'h5'],
      ['a-3', 'h6'],
    ])
  })

  it('unless it has an id, which wins wherever it stands', () => {
    expect(idsOf(htmlOf('<h2>A</h2><h2 id=a>B</h2><h2 id=a>C</h2><h2>A</h2>'))).toEqual([
      ['a-1', 'h2'],
      ['a', 'h2'],
      ['c', 'h2'],
      ['a-2', 'h2'],
    ])
  })

  it('not longer than an address should be', () => {
    const [[id] = ['']] = idsOf(htmlOf(`<h2>${'长'.repeat(5_000)}</h2>`))
    expect([...id]).toHaveLength(200)
  })
})

describe('a link inside the body arrives', () => {
  it.each([
    ['by a bare fragment', '<p id=x>A</p>', '#x', 'x'],
    ['by the article’s own address', '<p id=x>A</p>', `${LINK}#x`, 'x'],
    ['by its path', '<p id=x>A</p>', 'a.html#x', 'x'],
    ['at a name of old', '<a name=x>A</a>', '#x', 'x'],
    ['at a heading’s slug', '<h2>A b</h2>', '#a-b', 'a-b'],
    ['at letters that are escaped', '<p id=经济>A</p>', '#%E7%BB%8F%E6%B5%8E', '经济'],
    ['at an id with white space, which no id can have', '<p id="x y">A</p>', '#x%20y', 'x-y'],
    ['at one as pages have them', '<p id=page-x>A</p>', '#page-x', 'body-page-x'],
    ['at one of a footnote', '<li id=fn:1>A</li>', '#fn:1', 'fn:1'],
  ])('%s', (_, target, href, id) => {
    const html = htmlOf(`<a href="${href}">to</a>${target}`)
    expect(idsOf(html).map(([found]) => found)).toEqual([id])
    const [link] = /href="([^"]*)"/.exec(html)?.slice(1) ?? []
    expect(decodeURIComponent(link ?? '')).toBe(`${LINK}#${id}`)
  })

  it.each([
    ['an id that nothing leads to', '<p id=x>A</p>', ''],
    ['an id that only another page leads to', '<p id=x>A</p><a href="/b#x">b</a>', ''],
    ['the second of two', '<p id=x>A</p><p id=x>B</p><a href="#x">b</a>', 'x'],
    ['a name that is no place', '<img name=x src="/a.png"><a href="#x">b</a>', ''],
    ['a blank one', '<p id=" ">A</p><a href="#">b</a>', ''],
  ])('while %s goes', (_, source, ids) => {
    const html = htmlOf(source)
    expect(
      idsOf(html)
        .map(([id]) => id)
        .join(),
    ).toBe(ids)
    expect(html).not.toContain('name=')
  })

  it('and a link to nothing in it leads to the article still', () => {
    expect(htmlOf('<a href="#nowhere">A</a>')).toBe(`<a href="${LINK}#nowhere">A</a>`)
  })
})

describe('ids of bodies and of pages are kept apart', () => {
  const pages = new URL('../../../../src/pages/', import.meta.url)
  const written = readdirSync(pages)
    .filter((file) => file.endsWith('.tsx'))
    .flatMap((file) =>
      [...readFileSync(new URL(file, pages), 'utf8').matchAll(/\bid="([^"]*)"/g)].map(
        ([, id]) => id,
      ),
    )

  it.each(written)(`a page’s %s begins with ${PAGE_PREFIX}`, (id) =>
    expect(id?.startsWith(PAGE_PREFIX)).toBe(true),
  )

  it.each(written)('no body has %s', (id) => {
    const html = htmlOf(
      `<h2 id="${id}">A</h2><h2>${id}</h2><p id=" ${id}">B</p><a href="#${id}">c</a>`,
    )
    expect(idsOf(html).map(([found]) => found)).not.toContain(id)
    expect(idsOf(html)).not.toEqual([])
  })
})
