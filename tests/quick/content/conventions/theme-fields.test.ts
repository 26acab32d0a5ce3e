// Fields that themes share with records: what says nothing to Gazette costs no article, and is told where it stands.
import { describe, expect, it } from 'vitest'
import { readPeople } from '../../../../src/content/conventions/people.ts'
import { inBoundedTime } from '../../support/bounded-time.ts'
import { readFiles } from '../../support/folder.ts'

const HUGO = { 'hugo.yaml': 'baseURL: https://quay.example/\n' }
const MOMENT = 'date: 2026-03-09T08:30:00Z'

/** An article of Hugo's, or of nobody's, with a field more. */
async function withField(field: string, around: Record<string, string> = HUGO) {
  const text = `---\ntitle: Quay\n${MOMENT}\n${field}\n---\nText.\n`
  const { articles, problems } = await readFiles({ ...around, 'posts/quay.md': text })
  const grave = problems.filter(({ severity }) => severity !== 'note')
  return {
    article: articles[0],
    told: grave.map(({ kind, line, sentence }) => [kind, line, sentence]),
  }
}

describe('a switch, or a form that was left blank, says nothing', () => {
  it.each([
    ...['related: true', 'license: false', 'copyright: true', 'copyright: {}', 'source: false'],
    ...['summary: true', 'description: false', 'author: true', 'tags: false', 'lastmod: :git'],
    ...['updated: false', 'canonical: true', 'path: false', 'path: { a: 1 }'],
    'permalink: { build: x }',
    'cover: { image: "", alt: <alt text>, caption: "", relative: false, hidden: true }',
    'image: { caption: "", focal_point: Smart, placement: 1 }',
    'images: [{ caption: none }]',
    'canonicalURL: "https://canonical.url/to/page"\ndescription: Desc Text.\ncover: { image: "<image path/url>" }',
    'ShowBreadCrumbs: true\ntoc_sticky: true\ndisableShare: false\nhidemeta: false',
  ])('%s', async (field) => {
    const { article, told } = await withField(field)
    expect(told).toEqual([])
    expect(article).toMatchObject({ title: 'Quay', summary: 'Text.', authors: [], tags: [] })
    expect(article).toMatchObject({ pictures: [], related: [], sources: [], rights: {} })
    expect(article?.updated).toBe(article?.published)
  })

  it('and the next name that says something counts', async () => {
    const { article } = await withField('cover: { hidden: true }\nimage: https://i.example/a.png')
    expect(article?.pictures.map(({ url }) => url)).toEqual(['https://i.example/a.png'])
  })
})

describe('a value in another spelling is read', () => {
  it.each([
    ['language: zh_CN', { language: 'zh-CN' }],
    ['locale: en_US.UTF-8', { language: 'en-US' }],
    ['lang: [zh]', { language: 'zh' }],
    ['copyright: 2026', { rights: { copyright: '2026' } }],
    ['lede: The crane.\ndescription: Desc Text.', { summary: 'The crane.' }],
    ['externalUrl: https://log.example/a', { link: 'https://log.example/a' }],
    [
      'source: Harbour office\nsource_url: https://h.example/12',
      { sources: [{ title: 'Harbour office', url: 'https://h.example/12' }] },
    ],
    [
      'sourceUrl: https://h.example/12',
      { sources: [{ title: 'h.example', url: 'https://h.example/12' }] },
    ],
    [
      'thumbnail-img: https://i.example/b.png\ncover-img: https://i.example/a.png',
      { pictures: [{ url: 'https://i.example/a.png' }] },
    ],
    [
      'header: { teaser: https://i.example/b.png, overlay_image: https://i.example/a.png }',
      { pictures: [{ url: 'https://i.example/a.png' }] },
    ],
    [
      'cover: { image: https://i.example/a.png, alt: "<alt text>", caption: Quay }',
      { pictures: [expect.not.objectContaining({ alt: '<alt text>' })] },
    ],
    [
      'image: { src: https://i.example/a.png, width: "700", height: 40px }',
      { pictures: [{ url: 'https://i.example/a.png', width: 700, height: 40 }] },
    ],
    [
      'image: { src: https://i.example/a.png, width: 100%, height: auto }',
      { pictures: [{ url: 'https://i.example/a.png' }] },
    ],
    [
      'image: { url: https://i.example/a.png, type: image }',
      { pictures: [{ url: 'https://i.example/a.png', type: 'image/png' }] },
    ],
  ])('%s', async (field, expected) => {
    const { article, told } = await withField(field)
    expect(told.filter(([kind]) => kind !== 'unsized-picture')).toEqual([])
    expect(article).toMatchObject(expected)
  })
})

describe('terms that are maps', () => {
  it.each([
    [
      'tags: [ferry, { name: Quay, slug: quay }, { label: Night, permalink: /night }]',
      { tags: [{ term: 'ferry' }, { term: 'quay' }, { term: 'night' }] },
    ],
    [
      'tags: [{ name: "#desk", visibility: internal }, { name: Quay, visibility: public }]',
      { tags: [{ term: 'quay' }] },
    ],
    [
      'categories: [{ name: News }, { title: Harbour }]',
      { sections: [[{ term: 'news' }], [{ term: 'harbour' }]] },
    ],
  ])('%s', async (field, expected) => {
    for (const around of [{}, HUGO]) {
      const { article, told } = await withField(field, around)
      expect(told).toEqual([])
      expect(article).toMatchObject(expected)
    }
  })

  it('without a name are a mistake in a record that is nobody’s', async () => {
    const { article, told } = await withField('tags: [{ count: 3 }]', {})
    expect([article, told[0]?.[0]]).toEqual([undefined, 'wrong-value'])
  })
})

describe('a folder for all that a post shows', () => {
  const around = { '_config.yml': 'url: https://q.example\nbaseurl: /log\ntheme: x\n' }
  const shown = async (folder: string, more: Record<string, string> = around) => {
    const { articles } = await readFiles({
      ...more,
      '_posts/2026-03-09-quay.md': `---
title: Quay
layout: post
${folder}
image: { path: lead.png, alt: A }
---
![](a.png) ![](/b/c.jpg?w=1) ![](https://i.example/d.png) [e](e.html)
`,
    })
    const [article] = articles
    const found = [...(article?.html.matchAll(/(?:src|href)="([^"]*)"/g) ?? [])]
    return [article?.pictures[0]?.url, ...found.map(([, url]) => url)]
  }

  it.each(['media_subpath: /i/26/', 'img_path: /i/26'])('%s', async (folder) => {
    expect(await shown(folder)).toEqual([
      'https://q.example/log/i/26/lead.png',
      'https://q.example/log/i/26/a.png',
      'https://q.example/log/i/26/b/c.jpg?w=1',
      'https://i.example/d.png',
      'https://q.example/log/2026/03/09/e.html',
    ])
  })

  it('may be elsewhere', async () => {
    expect((await shown('media_subpath: https://i.example/26')).slice(0, 2)).toEqual([
      'https://i.example/26/lead.png',
      'https://i.example/26/a.png',
    ])
  })

  it('is none of another generator’s', async () => {
    const [, first] = await shown('media_subpath: /i/26', HUGO)
    expect(first).not.toContain('/i/26')
  })
})

describe('a picture that is no file beside its article is on the site', () => {
  const JEKYLL = { '_config.yml': 'url: https://q.example\nbaseurl: /log\n' }
  const HEXO = { '_config.yml': 'url: https://q.example\nroot: /log/\nsource_dir: source\n' }
  const HUGO = { 'hugo.toml': 'baseURL = "https://q.example/log/"\n' }
  const ASTRO = { 'astro.config.mjs': '' }
  const SETTINGS = { url: 'https://q.example/log/' }

  async function shownBy(site: Record<string, string>, reference: string) {
    const { articles, problems } = await readFiles(
      {
        ...site,
        'a.md': `---\ntitle: A\ndate: 2026-03-09\nimage: ${reference}\n---\n![](${reference}) [x](/b/)\n`,
      },
      SETTINGS,
    )
    const [article] = articles
    return {
      picture: article?.pictures[0]?.url.replace('https://q.example', ''),
      body: /src="([^"]*)"/.exec(article?.html ?? '')?.[1]?.replace('https://q.example', ''),
      link: /<a href="([^"]*)"/.exec(article?.html ?? '')?.[1],
      missing: problems.filter(({ kind }) => kind === 'missing-file').length,
    }
  }

  it.each<[string, Record<string, string>, string, string, string]>([
    ['Jekyll', JEKYLL, '/i/a.png', '/log/i/a.png', '/i/a.png'],
    ['Jekyll', JEKYLL, 'i/a.png', '/log/i/a.png', '/log/2026/03/09/i/a.png'],
    ['Jekyll', JEKYLL, '/log/i/a.png', '/log/i/a.png', '/log/i/a.png'],
    ['Hexo', HEXO, '/i/a.png', '/log/i/a.png', '/log/i/a.png'],
    ['Hexo', HEXO, '/log/i/a.png', '/log/i/a.png', '/log/i/a.png'],
    ['Hugo', HUGO, '/i/a.png', '/i/a.png', '/i/a.png'],
    ['Hugo', HUGO, 'i/a.png', '/log/i/a.png', '/log/a/i/a.png'],
    ['Hugo', HUGO, 'a.png', '/log/a/a.png', '/log/a/a.png'],
    ['Hugo', HUGO, 'https://i.example/a.png', 'https://i.example/a.png', 'https://i.example/a.png'],
  ])('of %s: %s %s', async (_, site, reference, picture, body) => {
    const found = await shownBy(site, reference)
    expect(found).toEqual({ picture, body, link: 'https://q.example/b/', missing: 0 })
  })

  it.each([
    ...['../../assets/a.png', '/src/assets/a.png', 'src/a.png', '"@/assets/a.png"'],
    ...['~/assets/a.png', '"@assets/a.png"'],
  ])('but not what Astro serves under a name of its own: %s', async (reference) => {
    const { picture, missing } = await shownBy(ASTRO, reference)
    expect([picture, missing]).toEqual([undefined, 1])
    expect((await shownBy(ASTRO, '/i/a.png')).picture).toBe('/i/a.png')
  })
})

it.each([
  ['Hexo', 'url: https://q.example\nsource_dir: source\n', ['b', 'a']],
  ['Jekyll', 'url: https://q.example\n', ['b']],
])('what people of %s park below _posts is none', async (_, configuration, slugs) => {
  const post = '---\ntitle: A\ndate: 2026-03-09 08:30\n---\nText.\n'
  const { articles } = await readFiles({
    '_config.yml': configuration,
    'source/_posts/a.md': post,
    'source/_posts/2026-03-09-b.md': post.replace('08:30', '08:00'),
    'source/_posts/_c.md': post,
    'source/_posts/_parked/d.md': post,
  })
  expect(articles.map(({ slug }) => slug)).toEqual(slugs)
})

it.each([
  ['food/_posts', [['food']], '/food/2026/03/09/a.html'],
  ['_i18n/ja/_posts', [], '/2026/03/09/a.html'],
])(
  'the folders above _posts are a section in Jekyll, but not a plugin’s: %s',
  async (folder, terms, path) => {
    const { articles } = await readFiles({
      '_config.yml': 'url: https://q.example\n',
      [`${folder}/2026-03-09-a.md`]: '---\ntitle: A\n---\nText.\n',
    })
    expect(articles[0]?.sections.map((levels) => levels.map(({ term }) => term))).toEqual(terms)
    expect(articles[0]?.link).toBe(`https://q.example${path}`)
  },
)

it('a file whose name begins with a line below is no article of Astro’s', async () => {
  const post = '---\ntitle: A\npubDate: 2026-03-09\n---\nText.\n'
  const site = { 'astro.config.mjs': '', '_releases/a.md': post, 'blog/_b.md': post }
  const { articles } = await readFiles(site)
  expect(articles.map(({ slug }) => slug)).toEqual(['a'])
})

it('people are known by their key in a list of authors, too', async () => {
  const { article, told } = await withField(
    'authors: [ana, { key: li, title: Master }, { name: Tom, link: https://t.example/ }]',
    {},
  )
  expect(told).toEqual([])
  expect(article?.authors).toMatchObject([
    { name: 'ana' },
    { name: 'li' },
    { name: 'Tom', url: 'https://t.example/' },
  ])
})

it.each([
  [
    'Li (Quay, Inc.), Ana（港口、码头） and Tom (R and D)',
    [{ name: 'Li' }, { name: 'Ana' }, { name: 'Tom' }],
  ],
  [
    '[Li](https://li.example/?a,b&c) (Quay), [Ana](https://a.example)',
    [
      { name: 'Li', url: 'https://li.example/?a,b&c' },
      { name: 'Ana', url: 'https://a.example' },
    ],
  ],
  ['Li ([@li](https://li.example))', [{ name: 'Li' }]],
  [['[Li](https://li.example) (Quay)'], [{ name: 'Li', url: 'https://li.example' }]],
  ['[Li] (Quay)', [{ name: '[Li]' }]],
])('people are known by their names among brackets and links: %j', (written, people) => {
  expect(readPeople(written)).toEqual(people)
})

describe('people whom Jekyll’s posts name by a key', () => {
  const authors = async (files: Record<string, string>, author: string) => {
    const { articles } = await readFiles({
      '_config.yml':
        'url: https://q.example\nauthors: { li: { name: Li Wei, web: "https://li.example" } }\n',
      '_posts/2026-03-09-a.md': `---\ntitle: A\nauthor: ${author}\n---\nText.\n`,
      ...files,
    })
    return articles[0]?.authors
  }
  const data = {
    '_data/authors.yml':
      'ana: { name: Ana Ruiz, uri: "https://ana.example", twitter: ana }\nli: { name: Other }\nx: 3\n',
  }

  it.each([
    ['ana', data, [{ name: 'Ana Ruiz', url: 'https://ana.example/', term: 'ana' }]],
    [
      '[li, x]',
      data,
      [
        { name: 'Li Wei', url: 'https://li.example/', term: 'li' },
        { name: 'x', term: 'x' },
      ],
    ],
    ['constructor', {}, [{ name: 'constructor', term: 'constructor' }]],
  ])('%s', async (author, files, expected) => {
    expect(await authors(files, author)).toEqual(expected)
  })

  it('are known by it in the data of others, too', async () => {
    expect(await authors({ '_config.yml': 'source_dir: a\n', ...data }, 'ana')).toEqual([
      { name: 'ana', term: 'ana' },
    ])
  })
})

it.each([' ', '\n ', '@', 'a@', ' and ', ' <', '(', '()', '((a)', '[a](', '\0'])(
  'a byline of however many %j is read in bounded time',
  async (piece) => {
    for (const byline of [piece.repeat(50_000), `a${piece.repeat(50_000)}a`])
      await inBoundedTime(() => [readPeople(byline), readPeople([`a <${byline}`])])
  },
)

describe('an article by a theme’s own names', () => {
  it.each([
    [
      'pubDatetime: 2026-03-09T08:30:00Z\nmodDatetime: 2026-03-10T08:30:00Z\npostSlug: pier',
      { slug: 'pier', updated: Date.UTC(2026, 2, 10, 8, 30) },
    ],
    ['pubDatetime: 2026-03-09T08:30:00Z\nmodDatetime:', { updated: Date.UTC(2026, 2, 9, 8, 30) }],
    [
      'date:\n  created: 2026-03-09T08:30:00Z\n  updated: 2026-03-10T08:30:00Z',
      { updated: Date.UTC(2026, 2, 10, 8, 30) },
    ],
    [
      'date: 2026-03-09T08:30:00Z\nlast_update: { date: 2026-03-11T00:00:00Z, author: li }',
      { updated: Date.UTC(2026, 2, 11) },
    ],
    ['createTime: 2026/03/09 08:30:00\nlastUpdated: false', {}],
    ['datePublished: Mon Mar 09 2026 18:30:00 GMT+1000 (Australian Eastern Standard Time)', {}],
    [
      'published: true\npublished_at: 2026-03-09 08:30\ntopics: [quay, ferry]',
      { tags: [{ term: 'quay' }, { term: 'ferry' }] },
    ],
  ])('%s', async (fields, expected) => {
    for (const around of [{}, { 'astro.config.mjs': '' }] as Record<string, string>[]) {
      const text = `---\ntitle: Quay\n${fields}\n---\nText.\n`
      const { articles, problems } = await readFiles({ ...around, 'posts/quay.md': text })
      expect(problems.filter(({ kind }) => kind !== 'unknown-field')).toEqual([])
      expect(articles[0]).toMatchObject({ published: Date.UTC(2026, 2, 9, 8, 30), ...expected })
    }
  })
})

describe('another value of a generator’s field costs that fact alone, and is told', () => {
  it.each([
    ['related: 3', /a list.*found 3\. It is left alone\.$/],
    ['lang: { a: b }', /text.*It is left alone\.$/],
    ['license: { name: MIT }', /no field that belongs here\. It is left alone\.$/],
    ['cover: "data:image/png;base64,AAAA"', /web address.*It is left alone\.$/],
    ['lastmod: some day', /a date.*found "some day"\. It is left alone\.$/],
    ['tags: { a: 1 }', /a list.*It is left alone\.$/],
  ])('%s', async (field, sentence) => {
    const { article, told } = await withField(field)
    expect(article?.title).toBe('Quay')
    expect(told).toEqual([['unread-value', 4, expect.stringMatching(sentence)]])
  })

  it('but what says when it is published, or what it is, leaves it out', async () => {
    for (const field of ['expiryDate: never', 'withdrawn: true', 'slug: [a]']) {
      const { article, told } = await withField(field)
      expect([field, article, told[0]?.[0]]).toEqual([field, undefined, 'wrong-value'])
    }
  })
})

describe('of a field that stands twice', () => {
  const twice = 'description: First.\nlastmod: 2026-03-10T08:30:00Z\ndescription: Last.'

  it.each([
    ['Hugo', HUGO],
    ['Jekyll', { '_config.yml': 'url: https://q.example\n' }],
  ])('the last counts in %s, and it is told', async (_, around) => {
    const { article, told } = await withField(`${twice}\nlicense: { name: MIT }`, around)
    expect(article?.summary).toBe('Last.')
    expect(told).toEqual([
      ['unread-value', 6, 'stands more than once, and the last counts.'],
      ['unread-value', 7, expect.stringMatching(/no field that belongs here/)],
    ])
  })

  it('the last counts in a configuration and in a cascade', async () => {
    const { articles, problems } = await readFiles({
      'hugo.yaml': 'baseURL: https://a.example/\nbaseURL: https://quay.example/\n',
      'posts/_index.md': '---\ntitle: A\ntitle: B\ncascade: { layout: wide }\n---\n',
      'posts/quay.md': `---\ntitle: Quay\n${MOMENT}\n---\nText.\n`,
    })
    expect(problems).toEqual([])
    expect(articles.map(({ link }) => link)).toEqual(['https://quay.example/posts/quay/'])
  })

  it.each([
    ['Hexo', { '_config.yml': 'url: https://q.example\nsource_dir: source\n' }],
    ['nobody', {}],
  ])('nothing is taken in a record of %s', async (_, around) => {
    const { article, told } = await withField(twice, around)
    expect([article, told[0]?.[0]]).toEqual([undefined, 'unreadable'])
  })
})

describe('where no generator is known', () => {
  it('a theme’s name for a field is a theme’s', async () => {
    const { article, told } = await withField('cover: { hidden: true }\nlicense: {name: MIT}', {})
    expect(article?.title).toBe('Quay')
    expect(told.map(([kind]) => kind)).toContain('unread-value')
  })

  it('a date of change that is none costs that fact alone by a theme’s name', async () => {
    const { article, told } = await withField('lastUpdated: this spring', {})
    expect(article?.updated).toBe(article?.published)
    expect(told).toEqual([['unread-value', 4, expect.stringMatching(/It is left alone\.$/)]])
  })

  it.each(['related: true', 'language: zh_CN', 'rights: {name: MIT}', 'updated: some day'])(
    'our own name is an editor’s: %s is a mistake',
    async (field) => {
      const { article, told } = await withField(field, {})
      expect(article).toBeUndefined()
      expect(told[0]?.[0]).toBe('wrong-value')
    },
  )
})

describe('what a configuration gives all posts is told with its name, and no line of a post', () => {
  const posts = { '_posts/2026-03-09-quay.md': '---\ntitle: Quay\n---\nText.\n' }
  const giving = (values: string) => ({
    '_config.yml': `url: https://q.example\ndefaults:\n  - scope: {path: ""}\n    values: {${values}}\n`,
    ...posts,
  })

  it.each([
    ['categories: b c', [['A'], ['b'], ['c']], ['given']],
    ['category: b c', [['A'], ['b c']], ['given']],
    ['tags: one two', [['A']], ['one', 'two']],
    ['tag: one two', [['A']], ['one two']],
    ['tags:', [['A']], ['given']],
  ])('in Jekyll beside its own: %s', async (field, sections, tags) => {
    const { articles } = await readFiles({
      ...giving('categories: [A], tags: [given]'),
      '_posts/2026-03-09-quay.md': `---\ntitle: Quay\n${field}\n---\nText.\n`,
    })
    expect(
      articles.map((one) => one.sections.map((path) => path.map(({ label }) => label))),
    ).toEqual([sections])
    expect(articles[0]?.tags.map(({ label }) => label)).toEqual(tags)
  })

  it('a switch is none of it', async () => {
    const { articles, problems } = await readFiles(giving('related: true, share: true'))
    expect(articles.map(({ title }) => title)).toEqual(['Quay'])
    expect(problems).toEqual([])
  })

  it('a wrong value is', async () => {
    const { articles, problems } = await readFiles(giving('related: 3'))
    expect(articles.map(({ title }) => title)).toEqual(['Quay'])
    expect(problems).toEqual([
      {
        kind: 'unread-value',
        severity: 'warning',
        file: '_posts/2026-03-09-quay.md',
        field: 'related',
        sentence: expect.stringMatching(
          /found 3\. It is left alone\. It comes from _config\.yml\.$/,
        ),
      },
    ])
  })
})
