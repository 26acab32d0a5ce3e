// The tree of a Markdown body from its tokens is the one that the parser makes of the HTML that the library writes.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markdown } from '../../../../src/content/bodies/markdown.ts'
import { treeOf } from '../../../../src/content/bodies/markdown-tree.ts'
import { parse } from '../../../../src/content/bodies/tree.ts'
import { cleanText } from '../../../../src/content/syntax/text.ts'
import { CHARACTER } from '../../support/characters.ts'
import { runs } from '../../support/runs.ts'

function treesOf(source: string, breaks = false) {
  const env = { attributes: true, breaks, definitions: true }
  const tokens = markdown.parse(source, env)
  const tree = treeOf(tokens, markdown)
  return { tree, parsed: () => parse(markdown.renderer.render(tokens, markdown.options, env)) }
}

const BLOCKS =
  '# |## |> |- |1. |0) |7. |- [x] |\n```a b\n|~~~|    |\t|---\n|===\n|[a]: /b "c"\n|[^a]: |[!NOTE]|a\n|\n\n'.split(
    '|',
  )
const INLINES =
  ' *,*,**,_,~~,`,``,\\,\\\n,  \n,[,](,](/b "c"),![,"a",<,>,<b>,<https://a.example>,<a@b.example>,https://a.example/b?c=d&e,www.a.example,&amp;,&#13;,&lt;,&,:'.split(
    ',',
  )
const TABLES = ['|', '|a|b|\n|:-|-:|\n|c|', '\n|-|\n']
const ATTRIBUTES = ['{#a}', '{:.a}', '{: width="7" height="8"}', '\n{:toc}']
const DEFINITIONS = ['a\n: ', '\n: ', '\n\n:\t']
const COMMENTS = ['<!-- more -->', '\n\n<!--', '-->', '-->\n\n', '--!>', '>', '-']

/** Markdown put together from what has a meaning in it. */
const sources = fc
  .array(
    fc.oneof(
      {
        arbitrary: fc.constantFrom(
          ...BLOCKS,
          ...INLINES,
          ...TABLES,
          ...ATTRIBUTES,
          ...DEFINITIONS,
          ...COMMENTS,
        ),
        weight: 5,
      },
      fc.constantFrom('a', 'b ', '字', '\n'),
      fc.string({ unit: CHARACTER, maxLength: 3 }),
    ),
    { maxLength: 25 },
  )
  .map((parts) => cleanText(parts.join('')))

describe('a tree from tokens is what the parser makes of their HTML', () => {
  it('whatever the body is put together from', () => {
    const told = { apart: 0, all: 0 }
    fc.assert(
      fc.property(sources, fc.boolean(), (source, breaks) => {
        const { tree, parsed } = treesOf(source, breaks)
        told.all += 1
        if (tree === undefined) return
        told.apart += 1
        expect(tree).toStrictEqual(parsed())
      }),
      { numRuns: runs(150) },
    )
    expect(told.apart / told.all, 'and most are told without the parser').toBeGreaterThan(0.5)
  })

  it.each([
    '![a](/b.png){: width="7" height="08"}',
    '## a {#b}',
    '# a\n{:#b}',
    '|a|b|\n|-|-|\n{:.c}',
    'a\n\n* TOC\n{:toc}',
    '{:.a} b\n{:.c}\n: d\n\n  e\n\nf\n: * g\n  : h',
  ])('with attributes and definitions: %j', (source) => {
    const { tree, parsed } = treesOf(source)
    expect(tree).toStrictEqual(parsed())
  })

  it.each([
    ['HTML', 'a <b>c</b>'],
    ['footnotes', 'a[^b]\n\n[^b]: c'],
    ['a link in a link', '[a <https://a.example> b](/c)'],
    ['the end of a line that is no line feed', 'a&#13;b'],
    ['the same in a title', '[a](/b "c&#13;d")'],
    ['more than it would count', 'a\\\n'.repeat(10_002)],
  ])('and the parser is left to tell of %s', (_, source) =>
    expect(treesOf(source).tree).toBeUndefined(),
  )
})
