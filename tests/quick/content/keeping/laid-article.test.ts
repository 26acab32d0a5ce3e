// Laid articles: words that are made when they are asked for are those that are made at once.
import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSelfContained } from '../../../../src/content/articles/article-words.ts'
import { makeBody } from '../../../../src/content/bodies/body.ts'
import { UnfitBody } from '../../../../src/content/bodies/tree.ts'
import { type Content, readFolder, sourceOf } from '../../../../src/content/folder/folder.ts'
import { emptyMemory } from '../../../../src/content/folder/memory.ts'
import { succeed } from '../../../../src/content/folder/succession.ts'
import { sayTheSame } from '../../../../src/content/keeping/laid-article.ts'
import { createSpool, type OwnSpool } from '../../../../src/content/keeping/spool.ts'
import { bodyInBytes } from '../../../../src/content/records/glance.ts'
import type { Article } from '../../../../src/domain/article.ts'
import { folderOf, SETTINGS, told } from '../../support/folder.ts'
import { runs } from '../../support/runs.ts'

const SITES = fileURLToPath(new URL('../../../sites', import.meta.url))

function record(number: number, body: string, more = ''): string {
  return `---\nid: urn:n:${number}\ntitle: Ferry ${number}\npublished: 2026-03-09 08:30\n${more}---\n${body}\n`
}

const TWO = { 'a.md': record(1, 'One.'), 'b.md': record(2, 'Two.') }

const folders = (await readdir(SITES)).map((name) => [name, path.join(SITES, name)] as const)

describe('laid articles are those that are made at once', () => {
  it.each(folders)('in %s', async (_, root) => {
    const atOnce = await readFolder(root, SETTINGS)
    const laid = await readFolder(root, SETTINGS, emptyMemory(createSpool))
    expect(laid.articles.map(told)).toEqual(atOnce.articles.map(told))
    expect(laid.publication).toEqual(atOnce.publication)
    expect(laid.records).toBe(atOnce.records)
    const files = (content: Content) =>
      content.articles.map((article) => sourceOf(content, article)?.record.file)
    expect(files(laid)).toEqual(files(atOnce))
  })

  it('where template code stands in a reference to another article', async () => {
    const root = folderOf({
      '_config.yml': 'title: T\nurl: https://ferry.example\n',
      '_posts/2026-03-09-a.md': '---\ntitle: A\n---\n[B]{::comment}x{:/comment}(2026-03-10-b.md)\n',
      '_posts/2026-03-10-b.md': '---\ntitle: B\n---\nB.\n',
    })
    const { articles } = await readFolder(root, SETTINGS, emptyMemory(createSpool))
    expect(articles[0]?.html).toContain('href="https://ferry.example/2026/03/10/b.html"')
  })

  it('and told apart by their digests alone', async () => {
    const root = folderOf(TWO)
    const { articles } = await readFolder(root, SETTINGS, emptyMemory(createSpool))
    const [one, other] = articles as [Article, Article]
    const { digest = expect.fail() } = one
    expect(sayTheSame(one, { ...other, digest })).toBe(true)
    expect(sayTheSame(one, { ...one, digest: `${digest}0` })).toBe(false)
  })

  it('be they asked for in whatever order, again and again', async () => {
    const root = folderOf(TWO)
    const { articles } = await readFolder(root, SETTINGS, emptyMemory(createSpool))
    const [a, b] = articles as [Article, Article]
    const asked = [a.text, b.html, a.html, b.text, a.summary, b.summary]
    expect(asked).toEqual(['One.', '<p>Two.</p>', '<p>One.</p>', 'Two.', 'One.', 'Two.'])
  })

  it('and where the disk is full by then', async () => {
    const root = folderOf(TWO)
    let isFull = false
    const filling = (): OwnSpool => {
      const spool = createSpool()
      const append: OwnSpool['append'] = (text) => {
        if (isFull) throw new Error('ENOSPC')
        return spool.append(text)
      }
      return { ...spool, append }
    }
    const { articles } = await readFolder(root, SETTINGS, emptyMemory(filling))
    const html = () => articles.map((article) => article.html)
    const expected = ['<p>One.</p>', '<p>Two.</p>']
    isFull = true
    expect([html(), html()]).toEqual([expected, expected])
    isFull = false
    expect(html()).toEqual(expected)
  })

  it('with a title from the text, which is made for that', async () => {
    const root = folderOf({
      'a.md': '---\nid: urn:n:1\npublished: 2026-03-09 08:30\n---\nThe crane arrived.\n',
    })
    const { articles, problems } = await readFolder(root, SETTINGS, emptyMemory(createSpool))
    expect(articles).toMatchObject([{ title: 'The crane arrived.' }])
    expect(problems).toMatchObject([{ kind: 'untitled', file: 'a.md' }])
  })
})

it('a digest is the same where all is, and another where anything is', async () => {
  const as = { body: 'One.', more: '' }
  const ways = [
    as,
    { ...as, body: 'Two.' },
    { ...as, more: 'summary: Short.\n' },
    { ...as, more: 'updated: 2026-03-10 08:30\n' },
    { ...as, more: 'tags: [sea]\n' },
    { ...as, more: 'rights: {copyright: Ours}\n' },
    { ...as, more: 'related: [{title: Elsewhere, url: "https://a.example/"}]\n' },
    // Made at once, since it leads to a file of the folder.
    { ...as, body: '![Quay](quay.png)' },
    { ...as, body: '![Quay](quay.png "Quay")' },
  ]
  const digestOf = async ({ body, more }: typeof as) => {
    const root = folderOf({ 'a.md': record(1, body, more), 'quay.png': 'x' })
    const { articles } = await readFolder(root, SETTINGS, emptyMemory(createSpool))
    return articles[0]?.digest
  }
  const digests = await Promise.all(ways.map(digestOf))
  expect(new Set(digests).size).toBe(ways.length)
  expect(digests).not.toContain(undefined)
  expect(await Promise.all(ways.map(digestOf))).toEqual(digests)
})

/** What bodies are made of, and what would hide a reference. */
const piece = fc.constantFrom(
  ...['a.jpg', '](', '![', '[x]:', ' ', '\n', '\n\n', '<', '>', '"', "'", '=', '#top', '/', '\\'],
  ...['https://a.example/', '//b.example/c.png', 'HTTPS:', 'mailto:a@b.example', '&#46;', '%2e'],
  ...['<img src=', '<a href="', '<a\nhref\t=', '<source srcset="https://a.example/ 1x, '],
  '<iframe ',
  ...['<object data=', '<param name=movie value=', '<video poster=', '<q cite=', 'data-src="'],
  ...[
    ...['s\u0001rc="', 'hr\uFFFEef=', 'sr\uDBBF\uDFFFc=', ']\u0001', ']\uFDD0', ']\uDBBF\uDFFE'],
    ...['\uD800', '<noscript>', '</a>', '```', '`'],
  ],
  ...[
    ...['www.c.example', '<https://d.example/>', '<e.jpg>', '[^1]', '[^1]:', '(', ')', 'words'],
    '渡口',
  ],
)

it('a body that may wait refers to nothing of the folder', () => {
  const tries = runs(1_250)
  const seen = { waiting: 0, references: 0 }
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 12 }),
      fc.constantFrom('markdown' as const, 'html' as const, 'text' as const),
      fc.boolean(),
      (pieces, form, isInBytes) => {
        const source = pieces.join('')
        const body = isInBytes ? bodyInBytes(form, Buffer.from(source)) : { form, source }
        if (!isSelfContained(body)) return
        seen.waiting++
        try {
          makeBody(body, (reference) => {
            seen.references++
            expect(reference).toMatch(/^\s*(?:(?:https?|mailto|tel|about):|\/\/|#|$)/i)
            return undefined
          })
        } catch (error) {
          if (!(error instanceof UnfitBody)) throw error
        }
      },
    ),
    { numRuns: tries },
  )
  expect(seen.waiting).toBeGreaterThan(tries / 20)
  expect(seen.references).toBeGreaterThan(tries / 500)
})

describe('laid articles, when the folder is read again', () => {
  it('are the same objects where nothing changed, and others where a body did', async () => {
    const root = folderOf(TWO)
    const memory = emptyMemory(createSpool)
    const first = await readFolder(root, SETTINGS, memory)
    await appendFile(path.join(root, 'b.md'), 'More.\n')
    await writeFile(path.join(root, 'a.md'), record(1, 'One.'))
    const next = succeed(first, await readFolder(root, SETTINGS, memory))
    expect(next.articles.map((article, at) => article === first.articles[at])).toEqual([
      true,
      false,
    ])
    expect(next.articles[1]?.text).toBe('Two. More.')
  })

  it('keep the words that they had where their file became wrong', async () => {
    const root = folderOf({ 'a.md': record(1, 'One.') })
    const memory = emptyMemory(createSpool)
    const first = await readFolder(root, SETTINGS, memory)
    await writeFile(path.join(root, 'a.md'), record(1, 'Other.', 'tags: [\n'))
    const next = succeed(first, await readFolder(root, SETTINGS, memory))
    expect(next.articles.map(({ text }) => text)).toEqual(['One.'])
  })

  it('are made anew where the site changed', async () => {
    const root = folderOf({
      'site.yaml': 'title: T\nurl: https://a.example/\n',
      'a.md': record(1, '[Up](#up)'),
    })
    const memory = emptyMemory(createSpool)
    await readFolder(root, SETTINGS, memory)
    await writeFile(path.join(root, 'site.yaml'), 'title: T\nurl: https://b.example/\n')
    const { articles } = await readFolder(root, SETTINGS, memory)
    expect(articles[0]?.link).toBe('https://b.example/articles/a')
    expect(articles[0]?.html).toContain('https://b.example/articles/a#up')
  })

  it('lead to each other’s articles, and to another where that is called otherwise', async () => {
    const root = folderOf({
      'a.md': record(1, 'See [the other](b.md).'),
      'b.md': record(2, 'Two.'),
    })
    const memory = emptyMemory(createSpool)
    const first = await readFolder(root, SETTINGS, memory)
    expect(first.articles[0]?.html).toContain('http://127.0.0.1:8080/articles/b"')
    await writeFile(path.join(root, 'b.md'), record(2, 'Two.', 'slug: c\n'))
    const next = await readFolder(root, SETTINGS, memory)
    expect(next.articles[0]?.html).toContain('http://127.0.0.1:8080/articles/c"')
  })

  it('let go of a spool that is mostly waste, and keep their words', async () => {
    const root = folderOf({ 'a.md': record(1, 'One.'), 'b.md': record(2, 'x') })
    const spools: ReturnType<typeof createSpool>[] = []
    const memory = emptyMemory(() => {
      spools.push(createSpool())
      return spools.at(-1) as ReturnType<typeof createSpool>
    })
    let content = await readFolder(root, SETTINGS, memory)
    const first = content.articles[0]
    for (let turn = 0; spools.length === 1; turn++) {
      expect(turn).toBeLessThan(100)
      await writeFile(path.join(root, 'b.md'), record(2, `${turn} ${'word '.repeat(19_000)}`))
      content = succeed(content, await readFolder(root, SETTINGS, memory))
    }
    expect(content.articles[0]).toBe(first)
    expect(content.articles[0]?.text).toBe('One.')
    expect(content.articles[1]?.text).toMatch(/^\d+ word word/)
    expect(spools[1]?.size()).toBeLessThan(500_000)
  })
})

it('the record of a laid article is found again, with the place of each of its fields', async () => {
  const root = folderOf({
    'a.md': record(1, 'One.'),
    'b.md': `\n${record(1, 'Two.')}`,
    'c.json': JSON.stringify([
      { id: 'urn:n:3', title: 'Three', published: '2026-03-09' },
      { id: 'urn:n:3', title: 'Four', published: '2026-03-09' },
    ]),
  })
  const { problems } = await readFolder(root, SETTINGS, emptyMemory(createSpool))
  expect(problems).toMatchObject([
    { kind: 'same-id', file: 'b.md', line: 3, column: 5 },
    { kind: 'same-id', file: 'c.json', line: 1 },
  ])
  expect(problems[1]?.column).toBeGreaterThan(60)
  expect(await readFile(path.join(root, 'b.md'), 'utf8')).toContain('urn:n:1')
})
