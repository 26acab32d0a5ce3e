// Where articles of other generators' sites live: the addresses that the generators themselves gave these files.
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readFolder } from '../../../../src/content/folder/folder.ts'
import { configurationOf, emptyMemory } from '../../../../src/content/folder/memory.ts'
import { folderOf, readFiles, SETTINGS } from '../../support/folder.ts'

/** A record's fields by its file's path. */
type Records = Readonly<Record<string, string>>

/** Paths under the site's address of a site's articles, by their files' order; what is wrong with them beside. */
async function addressed(configuration: Records, records: Records) {
  const { articles, problems } = await readFiles({
    ...configuration,
    ...Object.fromEntries(
      Object.entries(records).map(([file, fields], at) => [
        file,
        `---\n${dated(fields)}id: "${String(at).padStart(3, '0')}"\n---\nText.\n`,
      ]),
    ),
  })
  const inOrder = articles.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return {
    paths: inOrder.map(({ link }) => decodeURI(link).replace('https://ex.example', '')),
    problems: problems.map(({ kind, field, sentence }) => ({ kind, field, sentence })),
  }
}

function dated(fields: string): string {
  const title = /^title:/m.test(fields) ? '' : 'title: T\n'
  const date = /^date:/im.test(fields) ? '' : 'date: 2026-03-09T08:30:00Z\n'
  return `${title}${date}${fields === '' ? '' : `${fields}\n`}`
}

/** Asks for one address each: of a file, with fields, in a site. */
function theAddress(configuration: Records, cases: [file: string, fields: string, path: string][]) {
  it.each(cases)('%s %s lives at %s', async (file, fields, path) => {
    expect((await addressed(configuration, { [file]: fields })).paths).toEqual([path])
  })
}

describe('Eleventy', () => {
  const SITE = {
    'eleventy.config.js': '',
    '_data/metadata.json': '{"title": "T", "url": "https://ex.example"}',
  }

  // Only the slug of a file is without its day.
  theAddress(SITE, [
    ['posts/2026-03-09-dated.md', '', '/posts/2026-03-09-dated/'],
    ['posts/2026-03-09-bundle/index.md', '', '/posts/2026-03-09-bundle/'],
    ['posts/k/k.md', '', '/posts/k/'],
    ['posts/k/k/index.md', '', '/posts/k/k/'],
    ['posts/post.fr.md', '', '/posts/post.fr/'],
    ['src/posts/a.md', '', '/posts/a/'],
    ['content/blog/a.md', '', '/blog/a/'],
    ['a.md', 'permalink: q/index.html', '/q/'],
    ['a.md', 'permalink: /q/r.html', '/q/r.html'],
    ['a.md', 'permalink: /javascript:alert(1)', '/javascript:alert(1)'],
    ['a.md', 'permalink: /a:b/', '/a:b/'],
  ])

  describe('with a template', () => {
    theAddress(SITE, [
      ['a.md', 'permalink: "blog/{{ title | slugify }}/"', '/blog/t/'],
      [
        'a.md',
        'title: "Don\'t stop: Café & Bär\'s — a_b, 3.1"\npermalink: "/{{title|slugify}}/"',
        '/dont-stop-cafe-and-baers-a-b-3-1/',
      ],
      ['posts/2026-03-09-a.md', 'permalink: "/n/{{ page.fileSlug }}/index.html"', '/n/a/'],
      ['posts/2026-03-09-a.md', 'permalink: "/n{{- page.filePathStem -}}.html"', '/n/posts/a.html'],
      ['posts/k/index.md', 'permalink: "/n{{ page.filePathStem }}/"', '/n/posts/k/index/'],
      ['a.md', 'number: 7\npermalink: "/{{ number }}/"', '/7/'],
    ])
  })

  it.each([
    ['"/{{ page.date | date: \'%Y\' }}/"', "{{ page.date | date: '%Y' }}"],
    ['"/{% if a %}b{% endif %}/"', '{%'],
    ['"/{{ gone }}/"', '{{ gone }}'],
    // Which Latin letters stand for others is Eleventy's to say.
    ['"/{{ title | slugify }}/"\ntitle: Привет', '{{ title | slugify }}'],
  ])('%s is told, and the usual address stands in', async (permalink, lacks) => {
    const { paths, problems } = await addressed(SITE, { 'posts/a.md': `permalink: ${permalink}` })
    expect(paths).toEqual(['/posts/a/'])
    const sentence = expect.stringContaining(`"${lacks}"`)
    expect(problems).toContainEqual({ kind: 'unfilled-address', field: 'permalink', sentence })
  })

  it('without a page is no article', async () => {
    const { paths, problems } = await addressed(SITE, { 'posts/a.md': 'permalink: false' })
    expect(paths).toEqual([])
    expect(problems).toMatchObject([{ kind: 'no-article', field: 'permalink' }])
  })
})

describe('Jekyll', () => {
  const site = (...lines: string[]) => ({
    '_config.yml': ['title: T', 'url: https://ex.example', ...lines].join('\n'),
  })

  theAddress(site(), [
    ['_posts/2026-03-09-Hello World.md', '', '/2026/03/09/Hello-World.html'],
    ['_posts/2026-03-09-a_b-(c)-%.md', '', '/2026/03/09/a_b-(c).html'],
    ['_posts/2026-03-09-夜 渡.md', '', '/2026/03/09/夜-渡.html'],
    ['_posts/2026-03-09-a.md', 'slug: My Slug!', '/2026/03/09/My-Slug!.html'],
    ['_posts/2026-03-09-a.md', 'categories: [Food, food]', '/food/2026/03/09/a.html'],
    // A pattern of the record's own.
    ['_posts/2026-03-09-a.md', 'permalink: /:categories/:title.html\ncategories: b', '/b/a.html'],
    ['_posts/2026-03-09-A b.md', 'permalink: /:year-:i_month/:slug/', '/2026-3/a-b/'],
    ['_posts/2026-03-09-a.md', 'permalink: /:short_month/:long_day/:y_day/', '/Mar/Monday/068/'],
    ['_posts/2026-03-09-a.md', 'permalink: /:hour:minute/:name/', '/0830/2026-03-09-a/'],
    ['_posts/2026-03-09-a.md', 'permalink: none', '/a.html'],
    ['_posts/2026-03-09-a.md', 'permalink: /given/', '/given/'],
  ])

  describe('with a pattern in its defaults', () => {
    theAddress(
      site(
        'defaults:',
        '  - {scope: {path: "", type: posts}, values: {permalink: /posts/:title/}}',
      ),
      [
        ['_posts/2026-03-09-a.md', 'categories: [b, c]', '/posts/a/'],
        ['_posts/2026-03-09-a.md', 'permalink: /own/:title', '/own/a'],
      ],
    )
  })

  describe('with one for the collection of posts', () => {
    theAddress(site('permalink: /no/:title', 'collections: {posts: {permalink: /blog/:title/}}'), [
      ['_posts/2026-03-09-a.md', '', '/blog/a/'],
    ])
  })

  it('tells what a pattern asks for in vain', async () => {
    const { paths, problems } = await addressed(site('permalink: none'), {
      '_posts/2026-03-09-a.md': 'permalink: /:constructor/:title/',
    })
    expect(paths).toEqual(['/a.html'])
    const sentence = expect.stringContaining('":constructor"')
    expect(problems).toContainEqual({ kind: 'unfilled-address', field: 'permalink', sentence })
  })

  it('mints ids of no pattern', async () => {
    const { articles } = await readFiles({
      ...site('permalink: /:title'),
      '_posts/2026-03-09-a.md': '---\npermalink: /posts/:title/\n---\nA.',
    })
    expect(articles).toMatchObject([{ id: 'tag:gazette.invalid,2026:2026-03-09:a' }])
  })
})

describe('Hexo', () => {
  const site = (permalink: string, ...lines: string[]) => ({
    '_config.yml': [
      'title: T',
      'url: https://ex.example',
      'source_dir: source',
      `permalink: ${permalink}`,
      ...lines,
    ].join('\n'),
  })
  const post = (name: string) => `source/_posts/${name}.md`

  describe('takes a file’s whole name for its title', () => {
    theAddress(site(':year/:title/', 'new_post_name: :title.md'), [
      [post('2014-03-05-dated'), '', '/2026/2014-03-05-dated/'],
      [post('foo/index'), '', '/2026/foo/index/'],
      [post('Foo Bar/a'), 'slug: My Slug', '/2026/Foo Bar/a/'],
    ])
  })

  describe('takes the title from where new_post_name has it', () => {
    theAddress(site(':title/', 'new_post_name: :year-:month-:day-:title.md'), [
      [post('2014-03-05-dated'), '', '/dated/'],
      [post('Foo Bar/2014-01-01-Bär x'), '', '/Foo-Bar-2014-01-01-Bar-x/'],
      [post('foo/index'), '', '/foo-index/'],
    ])
    theAddress(site(':title/', 'new_post_name: :year/:year-:month-:day-:title.md'), [
      [post('2014/2014-03-05-dated'), '', '/dated/'],
    ])
    theAddress(site(':lang/:name/', 'new_post_name: :lang/:title.md'), [
      [post('fr/deep/a'), '', '/fr/a/'],
    ])
  })

  describe('spells', () => {
    theAddress(site(':category/:post_title/'), [
      [post('a'), 'title: "T1: x & y? Éa_b ß ø"', '/uncategorized/t1-x-y-ea-b-s-o/'],
      [post('a'), "categories: [A B, 'X/Y']", '/A-B/X-Y/t/'],
      [post('a'), 'title: 日本\ncategories: [[A, B], [C, D]]', '/C/D/日本/'],
    ])
    theAddress(site(':category/:title/', 'default_category: None'), [[post('a'), '', '/None/a/']])
    theAddress(site(':i_month/:hour:minute:second/:hash/', 'timezone: UTC'), [
      [post('2014-03-05-dated'), 'date: 2014-03-05 10:11:12', '/3/101112/f3aaddb77759/'],
    ])
  })

  describe('fills a pattern in from the record’s own fields', () => {
    theAddress(site('posts/:abbrlink.html', 'permalink_defaults: {abbrlink: none}'), [
      [post('a'), 'abbrlink: 4a17b156', '/posts/4a17b156.html'],
      [post('a'), 'abbrlink: 12345', '/posts/12345.html'],
      [post('a'), '', '/posts/none.html'],
    ])
  })

  it('tells what a pattern asks for in vain', async () => {
    const { paths, problems } = await addressed(site('posts/:abbrlink.html'), { [post('a')]: '' })
    expect(paths).toEqual(['/articles/a'])
    const sentence = expect.stringMatching(/"posts\/:abbrlink\.html".*":abbrlink"/)
    expect(problems).toContainEqual({ kind: 'unfilled-address', field: 'url', sentence })
  })
})

describe('Hugo', () => {
  const site = (...lines: string[]) => ({
    'hugo.toml': ['baseURL = "https://ex.example/"', 'title = "T"', ...lines].join('\n'),
  })
  const post = (name: string) => `content/posts/${name}.md`
  const permalinks = (pattern: string) => site('[permalinks]', `posts = "${pattern}"`)

  describe('fills in the calendar', () => {
    theAddress(permalinks('/:monthname/:yearday/:weekday/:weekdayname/'), [
      [post('a'), 'date: 2020-01-02', '/january/2/4/thursday/'],
    ])
    // Dashes are no part of a name: the others stand there as they are.
    theAddress(permalinks('/:2006-01-02/:06/:1/:Jan/:Monday/:002/'), [
      [post('a'), 'date: 2020-03-02', '/2020-01-02/20/3/mar/monday/062/'],
    ])
    theAddress(permalinks('/:20060102/:15/'), [
      [post('a'), 'date: 2020-03-02T23:04:05Z', '/20200302/23/'],
    ])
  })

  const SPELT: [file: string, fields: string, path: string][] = [
    ['content/My Posts/C D_e/Été x.md', '', '/my-posts/c-d_e/été-x/'],
    [post('a--b'), '', '/posts/a--b/'],
    [post('trail-'), '', '/posts/trail-/'],
    [post('(par) & %'), '', '/posts/par-/'],
    [post('x+y#z.b²'), '', '/posts/x+y%23z.b/'],
    [post('a'), 'slug: "A  Bc"', '/posts/a-bc/'],
    [post('a'), 'slug: Given Slug/x', '/posts/given-slug/x/'],
    [post('Bund/index'), '', '/posts/bund/'],
    [post('İstanbul c++'), '', '/posts/istanbul-c++/'],
    ['content/root.md', '', '/root/'],
    [post('a'), 'url: custom/six', '/custom/six/'],
    [post('a'), 'url: /Custom Six/', '/Custom Six/'],
    [post('a'), 'url: /a.b/c', '/a.b/c'],
    [post('a'), 'url: y.htm', '/y.htm'],
  ]

  describe('spells', () => {
    theAddress(site(), SPELT)
  })

  describe('spells patterns', () => {
    theAddress(permalinks('/My Posts/:year/:slug'), [
      [post('p'), 'title: Title (of) a.b & c/d', '/my-posts/2026/title-of-a.b-c/d/'],
      [post('p'), 'title: A -- b & c- d', '/my-posts/2026/a--b-c-d/'],
    ])
    theAddress(permalinks('/x:slug.html'), [[post('p'), 'title: A', '/xa.html/']])
  })

  describe('spells by its settings', () => {
    theAddress(site('uglyURLs = true'), [
      [post('Aa'), '', '/posts/aa.html'],
      [post('bund/index'), '', '/posts/bund.html'],
      [post('a'), 'url: custom/six', '/custom/six/'],
    ])
    theAddress(site('[uglyURLs]', 'posts = true'), [
      [post('Aa'), '', '/posts/aa.html'],
      ['content/talks/a.md', '', '/talks/a/'],
    ])
    theAddress(site('disablePathToLower = true'), [
      ['content/My Posts/C D_e/Été x.md', '', '/My-Posts/C-D_e/Été-x/'],
    ])
    theAddress(site('removePathAccents = true'), [[post('Été x'), '', '/posts/ete-x/']])
  })

  const LANGUAGES = [
    '[languages.en]',
    'contentDir = "content/en"',
    '[languages.fr]',
    'contentDir = "content/fr"',
  ]
  const TWINS = {
    'content/en/posts/a.md': 'title: A en',
    'content/fr/posts/a.md': 'title: A fr',
    'content/fr/posts/x.md': 'url: /x/',
    'content/fr/posts/y.md': 'url: why',
    'content/en/posts/b.fr.md': '',
  }
  const PARTS = {
    'config/_default/config.toml':
      'baseURL = "https://ex.example/"\ntitle = "T"\n[permalinks]\ntalks = "/t/:slug"',
    'config/_default/permalinks.toml': 'posts = "/:year/:slug"',
    'config/_default/languages.toml': LANGUAGES.join('\n').replaceAll('languages.', ''),
  }

  it.each([
    ['one file', site('[permalinks]', 'posts = "/:year/:slug/"', ...LANGUAGES)],
    ['several files', PARTS],
    ['several files, and one beside', { ...PARTS, ...site() }],
  ])('parts languages by the folders that %s names', async (_, configuration) => {
    const { paths } = await addressed(configuration, TWINS)
    expect(paths).toEqual(['/2026/a-en/', '/fr/2026/a-fr/', '/x/', '/fr/why/', '/fr/2026/t/'])
  })

  describe('with a configuration in parts, which add to the whole,', () => {
    theAddress(PARTS, [['content/en/talks/a.md', '', '/t/t/']])
  })

  const USUAL = ['title = "Quai"', 'languageCode = "fr-CA"']
  const LANGUAGE_FILES = {
    'config/_default/hugo.toml':
      'baseURL = "https://ex.example/"\ndefaultContentLanguage = "fr"\n[params.author]\nname = "Ina"',
    'config/_default/languages.en.toml': 'title = "Quay"',
    'config/_default/languages.fr.toml': USUAL.join('\n'),
    'config/_default/params.fr.toml': 'description = "Le port"',
  }
  it.each<[string, Readonly<Record<string, string>>]>([
    [
      'one file',
      {
        'hugo.toml': [
          'baseURL = "https://ex.example/"',
          'defaultContentLanguage = "fr"',
          '[params]',
          'author = "Ina"',
          '[languages.en]',
          'title = "Quay"',
          '[languages.fr]',
          ...USUAL,
          '[languages.fr.params]',
          'description = "Le port"',
        ].join('\n'),
      },
    ],
    ['files of its own', LANGUAGE_FILES],
  ])('is called what its usual language says in %s', async (_, configuration) => {
    const { publication, articles } = await readFiles({
      ...configuration,
      'content/posts/a.md': '---\ndate: 2026-03-09T08:30:00Z\n---\nText.',
      'content/posts/b.en.md': '---\ndate: 2026-03-09T09:30:00Z\n---\nText.',
    })
    expect(publication).toMatchObject({
      title: 'Quai',
      description: 'Le port',
      language: 'fr-CA',
      authors: [{ name: 'Ina' }],
    })
    expect(articles.map(({ link }) => link)).toEqual([
      'https://ex.example/posts/a/',
      'https://ex.example/en/posts/b/',
    ])
  })

  it.each(['cn', 'zh-cn'])(
    'knows files in its usual language by its name there, %s',
    async (own) => {
      const several = site(
        `defaultContentLanguage = "${own}"`,
        `[languages.${own}]`,
        'languageCode = "zh-Hans"',
        '[languages.en]',
      )
      const dated = '---\ndate: 2026-03-09T08:30:00Z\n---\nText.'
      const { articles } = await readFiles({
        ...several,
        [post(`a.${own}`)]: dated,
        [post('b.en')]: dated,
      })
      expect(articles.map(({ link, language }) => [link, language])).toEqual([
        ['https://ex.example/posts/a/', 'zh-Hans'],
        ['https://ex.example/en/posts/b/', 'en'],
      ])
    },
  )

  it('follows what its languages say in files of their own', async () => {
    const root = folderOf(LANGUAGE_FILES)
    const memory = emptyMemory()
    await readFolder(root, SETTINGS, memory)
    expect(configurationOf(root, memory)).toContain(
      path.join(root, 'config/_default/languages.fr.toml'),
    )
  })

  it('puts its usual language in a folder as well where it is to', async () => {
    const inFolder = site('defaultContentLanguageInSubdir = true', ...LANGUAGES)
    const { paths } = await addressed(inFolder, TWINS)
    expect(paths).toEqual(['/en/posts/a/', '/fr/posts/a/', '/x/', '/fr/why/', '/fr/posts/b/'])
    const alone = site('defaultContentLanguageInSubdir = true')
    expect((await addressed(alone, { [post('a')]: '' })).paths).toEqual(['/posts/a/'])
  })

  it.each([
    ['en', 'en', ['/posts/a/']],
    ['fr', 'fr', ['/fr/posts/a/']],
  ])('of %s alone is in %s', async (folder, language, expected) => {
    const root = folderOf({
      ...site(...LANGUAGES),
      [`content/${folder}/posts/a.md`]: '---\ndate: 2026-03-09T08:30:00Z\n---\nText.',
    })
    const read = await readFolder(path.join(root, 'content', folder), SETTINGS)
    expect(read.articles.map(({ link }) => link.replace('https://ex.example', ''))).toEqual(
      expected,
    )
    const id = 'tag:gazette.invalid,2026:2026-03-09T08:30:00Z'
    expect(read.articles).toMatchObject([{ language, id }])
  })

  it('keeps articles of the same name and moment in two languages apart', async () => {
    const twin = '---\ndate: 2026-03-09T08:30:00Z\n---\nText.'
    const { articles, problems } = await readFiles({
      ...site(...LANGUAGES),
      'content/en/posts/a.md': twin,
      'content/fr/posts/a.md': twin,
    })
    expect(articles.map(({ id, language }) => [id, language])).toEqual([
      ['tag:gazette.invalid,2026:2026-03-09T08:30:00Z', 'en'],
      ['tag:gazette.invalid,2026:2026-03-09T08:30:00Z:fr', 'fr'],
    ])
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  describe('takes the day that is written', () => {
    theAddress(
      {
        'hugo.toml': `${permalinks('/:year/:month/:day/')['hugo.toml']}`.replace(
          '[',
          'timeZone = "Asia/Shanghai"\n[',
        ),
      },
      [
        [post('a'), 'date: 2020-01-01T23:30:00-05:00', '/2020/01/01/'],
        [post('a'), 'Date: 2020-01-02T01:30:00+09:00', '/2020/01/02/'],
        [post('a'), 'date: 2020-01-01T23:30:00', '/2020/01/01/'],
        [post('a'), 'date: 2020-05-05\npublishDate: 2020-06-06', '/2020/05/05/'],
      ],
    )
  })

  describe('cuts lists of sections', () => {
    theAddress(permalinks('/:sections[1:]/x/:sections[0]/:sections[last]/:sections[:last]/'), [
      [post('b/c/a'), '', '/b/c/x/posts/c/posts/b/'],
      [post('a'), '', '/x/posts/posts/'],
    ])
  })

  it.each([':unknown', ':sections[a]', ':constructor'])('tells of %s', async (lacks) => {
    const { paths, problems } = await addressed(permalinks(`/p/${lacks}/:slug/`), {
      [post('a')]: '',
    })
    expect(paths).toEqual(['/articles/a'])
    const sentence = expect.stringContaining(`"${lacks}"`)
    expect(problems).toContainEqual({ kind: 'unfilled-address', field: 'url', sentence })
  })
})

describe('Zola', () => {
  const siteIn = (file: string, ...lines: string[]) => ({
    [file]: ['base_url = "https://ex.example"', 'title = "T"', ...lines].join('\n'),
  })
  const site = (...lines: string[]) => siteIn('config.toml', ...lines)

  theAddress(siteIn('zola.toml', '[slugify]', 'paths = "safe"'), [
    ['content/a/Ab c.md', '', '/a/Ab_c/'],
  ])

  theAddress(site(), [
    ['content/My Section/hello_world.md', '', '/my-section/hello-world/'],
    ['content/a/Été – c++.md', '', '/a/ete-c/'],
    ['content/a/x.md', 'slug: A b', '/a/a-b/'],
    ['content/新闻/夜 渡.md', '', '/新闻/夜-渡/'],
  ])
  theAddress(site('[slugify]', 'paths = "safe"'), [['content/My S/a: B.md', '', '/My_S/a_B/']])
  theAddress(site('[slugify]', 'paths = "off"'), [['content/My S/a_B.md', '', '/My S/a_B/']])
})
