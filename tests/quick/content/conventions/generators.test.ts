// Sites of other generators, as their users have them: what each article comes out as, and what is left out and why.
import { cp, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Content, readFolder } from '../../../../src/content/folder/folder.ts'
import type { Article } from '../../../../src/domain/article.ts'
import { folderOf, readFiles } from '../../support/folder.ts'

const SITES = path.join(import.meta.dirname, '../../../sites')
const ADDRESS = 'http://localhost/'

/** Each site, and the folder of its content; a site beside whose files `expected.json` says what they are. */
const TRIED: [site: string, content: string][] = [
  ['hugo', 'content'],
  ['hexo', 'source/_posts'],
  ['jekyll', ''],
  ['eleventy', ''],
  ['astro', 'src/content/blog'],
  ['zola', 'content'],
  ['cms', ''],
]

function read(folder: string): Promise<Content> {
  return readFolder(folder, { address: ADDRESS, name: 'folder' })
}

const time = (instant: number | undefined) =>
  instant === undefined ? undefined : new Date(instant).toISOString()

/** What a person would check of an article. */
function told(article: Article) {
  const { title, id, link, summary, html, language, draft, published, updated, expires } = article
  return {
    title,
    id,
    link,
    published: time(published),
    ...(updated === published ? {} : { updated: time(updated) }),
    ...(expires === undefined ? {} : { expires: time(expires) }),
    ...(draft ? { draft } : {}),
    language,
    tags: article.tags.map(({ label }) => label),
    sections: article.sections.map((levels) => levels.map(({ label }) => label)),
    authors: article.authors.map(({ name, email }) =>
      email === undefined ? name : { name, email },
    ),
    pictures: article.pictures.map(({ url, alt, width }) => [url, alt, width].filter(Boolean)),
    summary,
    html,
  }
}

function toldOf({ publication, articles, problems, taken }: Content) {
  const { title, description, base, language, zone, rights } = publication ?? {}
  return {
    publication: { title, description, base, language, zone, ...rights },
    taken,
    articles: articles.map(told),
    problems: problems.map(({ kind, file, sentence }) => `${kind}: ${file}: ${sentence}`),
  }
}

describe('a site of', () => {
  it.each(TRIED)('%s is what its expected.json says', async (site, content) => {
    const found = toldOf(await read(path.join(SITES, site, content)))
    await expect(`${JSON.stringify(found, undefined, 2)}\n`).toMatchFileSnapshot(
      path.join(import.meta.dirname, 'golden', `${site}.json`),
    )
  })

  it.each(TRIED.filter(([, content]) => content !== ''))(
    '%s is the same when all of it is given, not its content alone',
    async (site, content) => {
      const whole = await read(path.join(SITES, site))
      const part = await read(path.join(SITES, site, content))
      // What Gazette serves itself is named by its place in the folder that is given.
      const plain = (found: Content) =>
        JSON.parse(JSON.stringify(toldOf(found).articles).replaceAll(`media/${content}/`, 'media/'))
      const ids = new Set(part.articles.map(({ id }) => id))
      expect(plain(whole).filter(({ id }: { id: string }) => ids.has(id))).toEqual(plain(part))
    },
  )

  it.each(TRIED)('%s without its configuration loses no article', async (site, content) => {
    const folder = folderOf({})
    await cp(path.join(SITES, site, content), folder, { recursive: true })
    const configured = await read(path.join(SITES, site, content))
    for (const file of [
      ...['_config.yml', 'eleventy.config.js', '_data', 'README.md', '_layouts', '_includes'],
      'index.md',
    ])
      await rm(path.join(folder, file), { recursive: true, force: true })
    const alone = await read(folder)
    const titles = ({ articles }: Content) => articles.map(({ title }) => title).sort()
    // Nothing tells a page, or data, from an article any more.
    const undated = alone.problems.filter(({ kind }) => kind === 'undated').length
    expect(titles(alone)).toEqual(titles(configured))
    expect(undated).toBeLessThanOrEqual(2)
  })
})

describe('an id of another generator’s article', () => {
  async function idOf(
    text: string,
    file = '_posts/2026-03-09-night.md',
    more = {},
  ): Promise<string> {
    const configuration = await readFile(path.join(SITES, 'jekyll/_config.yml'))
    const { articles } = await readFiles({ '_config.yml': configuration, [file]: text }, more)
    return articles[0]?.id ?? expect.fail('no article')
  }
  const post = (...fields: string[]) =>
    `---\n${['title: Night', 'date: 2026-03-09 23:05', ...fields].join('\n')}\n---\nText.\n`

  it.each<[string, () => Promise<string>]>([
    ['title', () => idOf(post().replace('Night', 'Day'))],
    ['slug', () => idOf(post('slug: other'))],
    ['file name', () => idOf(post(), '_posts/2026-03-09-other.md')],
    ['folder', () => idOf(post(), 'food/_posts/2026-03-09-night.md')],
    ['domain', () => idOf(post(), undefined, { url: 'https://other.example/' })],
    ['text', () => idOf(`${post()}More.`)],
    ['tag', () => idOf(post('tags: [a]'))],
  ])('stays with another %s', async (_, changed) => {
    expect(await changed()).toBe(await idOf(post()))
  })

  it.each([
    ['id: urn:x:1', 'urn:x:1'],
    ['guid: https://old.example/?p=7', 'https://old.example/?p=7'],
    ['permalink: /night/', 'tag:gazette.invalid,2026:/night/'],
  ])('is given by %s', async (field, id) => {
    expect(await idOf(post(field))).toBe(id)
  })
})
