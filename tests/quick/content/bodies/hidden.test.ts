// What a site hides, or shows to those alone who know a password, and what it never publishes: no feed has it either.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { readDefaults, withDefaults } from '../../../../src/content/conventions/defaults.ts'
import { readFolder } from '../../../../src/content/folder/folder.ts'
import { emptyMemory } from '../../../../src/content/folder/memory.ts'
import { inBoundedTime } from '../../support/bounded-time.ts'
import { folderOf, readFiles, SETTINGS } from '../../support/folder.ts'

const HUGO = { 'hugo.yaml': 'baseURL: https://quay.example/\n' }
const ELEVENTY = { 'eleventy.config.js': '', '_data/site.json': '{}' }
const WRONG_CASCADE = '---\ncascade: {draft: true\n---\n'

function post(title: string, field = '', text = 'Text.'): string {
  return `---\ntitle: ${title}\nid: ${title}\ndate: 2026-03-09T08:30:00Z\n${field}\n---\n${text}\n`
}

/** Titles of the articles that are published, and those of drafts. */
async function shown(files: Record<string, string>) {
  const { articles } = await readFiles(files)
  const titles = (isDraft: boolean) =>
    articles
      .filter(({ draft }) => draft === isDraft)
      .map(({ title }) => title)
      .sort()
  return { published: titles(false), drafts: titles(true) }
}

describe('a field keeps an article out', () => {
  it.each([
    ...['password: tide', 'password: 1234', 'is_draft: true', 'isDraft: true', 'visible: false'],
    ...['hide: true', 'hiddenFromFeed: true', 'render: false', 'encrypted: true'],
    ...['article: false', 'dg-publish: false', 'private: 1', 'draft: 1', 'published: 0'],
    ...['visibility: members', 'visibility: Private', 'visibility: draft'],
    ...['keys:\n  - e10adc3949ba59abbe56e057f20f883e', 'keys: e10adc3949ba59abbe56e057f20f883e'],
    'build: { render: never }',
  ])('%s', async (field) => {
    expect(await shown({ 'a.md': post('A', field) })).toEqual({ published: [], drafts: ['A'] })
  })

  it.each([
    ...['password: ""', 'password: false', 'password:', 'is_draft: false', 'visible: true'],
    ...['published: 1', 'private: 0', 'hide: [toc]', 'visibility: public', 'keys: [quay, ferry]'],
    'build: { render: link }',
  ])('but not %s', async (field) => {
    expect(await shown({ 'a.md': post('A', field) })).toEqual({ published: ['A'], drafts: [] })
  })
})

describe('the inside of tags that hide it is left out', () => {
  const text = async (body: string, around: Record<string, string> = HUGO) => {
    const { articles, problems } = await readFiles({ ...around, 'posts/a.md': post('A', '', body) })
    return { text: articles[0]?.text, told: JSON.stringify(problems) }
  }

  it.each([
    '{{% hugo-encryptor "tide" %}}Secret.{{% /hugo-encryptor %}}',
    '{{< hugo-encryptor "tide" >}}\nSecret.\n\n`{{< x >}}`\n{{</ hugo-encryptor >}}',
    '{{< encrypt tide >}}Secret.{{< /encrypt >}}',
  ])('%s', async (hidden) => {
    for (const around of [HUGO, {}]) {
      const { text: found, told } = await text(`Before.\n\n${hidden}\n\nBehind.`, around)
      expect(found).toBe('Before.\n\nBehind.')
      expect(told).toContain('template-code')
      expect(told).not.toContain('tide')
    }
  })

  it('to the end where nothing closes it', async () => {
    const { text: found } = await text('Before.\n\n{{% hugo-encryptor "tide" %}}\nSecret.')
    expect(found).toBe('Before.')
  })

  it.each([
    ['{% comment %}Secret {{ x }}{% endcomment %}', { '_config.yml': 'url: https://q.example\n' }],
    ['{{% comment %}}Secret.{{% /comment %}}', HUGO],
    ['{{< comment >}}Secret.{{< /comment >}}', {}],
  ])('of a comment, without a word: %s', async (comment, around) => {
    const { text: found, told } = await text(`A ${comment}b.`, around)
    expect(found).toBe('A b.')
    expect(told).toBe('[]')
  })
})

describe('the cascade of a folder in Hugo', () => {
  const posts = {
    'content/blog/open.md': post('Open'),
    'content/blog/hidden/a.md': post('A'),
    'content/blog/hidden/deep/b.md': post('B'),
    'content/blog/hidden-too.md': post('Too'),
  }

  it.each([
    '---\ncascade: {draft: true}\n---\n',
    '---\ncascade: {_build: {list: never, render: never}}\n---\n',
    '---\ncascade:\n  - build: {list: never}\n---\n',
    '+++\n[cascade]\nprivate = true\n+++\n',
    '---\ncascade: {visibility: members}\n---\n',
  ])('%j keeps out what is below', async (page) => {
    expect(await shown({ ...HUGO, ...posts, 'content/blog/hidden/_index.md': page })).toEqual({
      published: ['Open', 'Too'],
      drafts: ['A', 'B'],
    })
  })

  it.each([
    '---\ncascade: {type: docs, related: 3, title: Each}\n---\n',
    '---\ncascade: {draft: true, _target: {path: "/blog/**"}}\n---\n',
    '---\ndraft: true\n---\n',
    'No front matter about a cascade.',
    '---\ntitle: [\n---\nWrong, and a cascade is a word of the text.\n',
  ])('%j keeps nothing out', async (page) => {
    const files = { ...HUGO, ...posts, 'content/blog/hidden/_index.md': page }
    expect((await shown(files)).published).toEqual(['A', 'B', 'Open', 'Too'])
  })

  it.skipIf(!existsSync('/proc/self/fd'))('is read a few files at a time', async () => {
    const pages = Array.from({ length: 600 }, (_, at) => `content/${at}/_index.md`)
    const page = '---\ncascade: {draft: true}\n---\n'
    const root = folderOf(Object.fromEntries(pages.map((name) => [name, page])))
    const open = () => readdirSync('/proc/self/fd').length
    const before = open()
    let most = before
    let isRead = false
    const reading = readDefaults(root, pages, { generator: 'hugo', around: undefined }, [])
    const read = reading.finally(() => {
      isRead = true
    })
    while (!isRead) {
      most = Math.max(most, open())
      await setImmediate()
    }
    expect(await read).toHaveLength(600)
    expect(most - before).toBeLessThan(100)
  })

  it('is found in bounded time though each record has a data file of its own', async () => {
    const defaults = Array.from({ length: 20_000 }, (_, at) => ({
      path: `posts/${at}`,
      values: { number: at },
      from: `posts/${at}.11tydata.json`,
    }))
    const numbers = await inBoundedTime(() =>
      defaults.map(({ path }) => withDefaults({}, `${path}.md`, defaults, 'eleventy').number),
    )
    expect(numbers).toEqual([...defaults.keys()])
  })

  it('keeps out everything where it is wrong from the beginning, and is told', async () => {
    const files = { ...HUGO, ...posts, 'content/blog/hidden/_index.md': WRONG_CASCADE }
    expect(await shown(files)).toEqual({ published: ['Open', 'Too'], drafts: ['A', 'B'] })
    const { problems } = await readFiles(files)
    expect(problems).toMatchObject([
      { kind: 'unread-configuration', file: 'content/blog/hidden/_index.md', line: 2 },
    ])
  })

  it.each<[string, string[]]>([
    ['{"published": false', ['Open']],
    ['{"layout": "post"', ['A', 'Open']],
  ])('as does a data file of Eleventy that is about that: %s', async (data, published) => {
    const files = { ...ELEVENTY, 'open.md': post('Open'), 'hidden/a.md': post('A') }
    expect((await shown({ ...files, 'hidden/hidden.json': data })).published).toEqual(published)
  })

  it.each(['hidden.json', 'hidden.11tydata.json'])(
    'as does %s in the folder that is read',
    async (name) => {
      const root = folderOf({
        ...ELEVENTY,
        'hidden/a.md': post('A'),
        [`hidden/${name}`]: '{"eleventyExcludeFromCollections": true}',
      })
      const { articles } = await readFolder(path.join(root, 'hidden'), SETTINGS)
      expect(articles.filter(({ draft }) => !draft)).toEqual([])
    },
  )

  it.each<[string, string[]]>([
    ['draft = true', ['Open']],
    ['draft = true = true', ['Open']],
    ['draft = false', ['A', 'B', 'Open']],
    ['title = ', ['A', 'B', 'Open']],
  ])('as does a section of Zola’s that is a draft: %s', async (field, published) => {
    const files = {
      'zola.toml': 'base_url = "https://q.example"\n',
      'content/open.md': post('Open'),
      'content/hidden/a.md': post('A', 'draft: false'),
      'content/hidden/deep/b.md': post('B'),
      'content/hidden/_index.md': `+++\n${field}\n+++\n`,
    }
    expect((await shown(files)).published).toEqual(published)
  })

  it('is overruled by the article', async () => {
    const files = {
      ...HUGO,
      'content/_index.md': '---\ncascade: {draft: true}\n---\n',
      'content/a.md': post('A', 'draft: false'),
    }
    expect((await shown(files)).published).toEqual(['A'])
  })
})

it.each([
  ['a cascade', HUGO, 'hidden/_index.md', '---\ncascade: {draft: true}\n---\n', WRONG_CASCADE],
  ['a data file', ELEVENTY, 'hidden/hidden.json', '{"published": false}', '{"published": false'],
])('%s that becomes wrong keeps out what it did', async (_, site, name, right, wrong) => {
  const root = folderOf({
    ...site,
    'open.md': post('Open'),
    'hidden/a.md': post('A'),
    [name]: right,
  })
  const memory = emptyMemory()
  const read = async () => {
    const { articles, problems } = await readFolder(root, SETTINGS, memory)
    const published = articles.filter(({ draft }) => !draft).map(({ title }) => title)
    return [published, problems.map(({ kind }) => kind)]
  }
  expect(await read()).toEqual([['Open'], []])
  writeFileSync(path.join(root, name), wrong)
  expect(await read()).toEqual([['Open'], ['unread-configuration']])
  expect(await read()).toEqual([['Open'], ['unread-configuration']])
  writeFileSync(path.join(root, name), right)
  expect(await read()).toEqual([['Open'], []])
  rmSync(path.join(root, name))
  expect(await read()).toEqual([['A', 'Open'], []])
})

describe('what lies in a bundle', () => {
  const files = {
    'content/posts/b/index.md': post('Bundle'),
    'content/posts/b/index.fr.md': post('Lot'),
    'content/posts/b/part.md': post('Part'),
    'content/posts/b/deep/index.md': post('Deep'),
    'content/posts/c/page.md': post('Page'),
  }

  it('is part of its page in Hugo', async () => {
    const { published } = await shown({ ...HUGO, ...files })
    expect(published).toEqual(['Bundle', 'Lot', 'Page'])
  })

  it('is an article of its own elsewhere', async () => {
    const { published } = await shown(
      Object.fromEntries(Object.entries(files).map(([name, text], at) => [name, `${text}${at}`])),
    )
    expect(published).toContain('Part')
  })
})
