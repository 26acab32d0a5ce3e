// The publication: what site.yaml says, what stands in where it is silent, and what the command line says better.
import { describe, expect, it } from 'vitest'
import { FEED_FORMATS } from '../../../../src/domain/address.ts'
import { openCatalog } from '../../../../src/domain/catalog.ts'
import { currentTerm, type Publication } from '../../../../src/domain/publication.ts'
import { readFiles } from '../../support/folder.ts'
import { toldAt, withoutMark } from '../../support/marked.ts'

const ARTICLE = '---\ntitle: A\npublished: 2026-03-09T08:30:00Z\n---\nText.\n'

async function siteOf(yaml: string, settings = {}): Promise<Publication> {
  const { publication, problems } = await readFiles({ 'site.yaml': yaml }, settings)
  expect(problems).toEqual([])
  return publication as Publication
}

describe('authors of a generator’s configuration', () => {
  it.each([
    ['a name', 'author: Ann', [{ name: 'Ann' }]],
    ['a byline', 'author: Ann and Bo', [{ name: 'Ann' }, { name: 'Bo' }]],
    ['a list', 'author: [Ann, {name: Bo}]', [{ name: 'Ann' }, { name: 'Bo' }]],
    ['an address in disguise', 'author: {name: Ann, email: ann at x.example}', [{ name: 'Ann' }]],
    ['something else', 'author: {twitter: ann}', []],
  ])('that are %s', async (_, line, authors) => {
    const configuration = `title: T\nurl: https://x.example\n${line}\n`
    const { publication, problems } = await readFiles({ '_config.yml': configuration })
    expect(problems).toEqual([])
    expect(publication?.authors).toEqual(authors)
  })
})

describe('a folder without site.yaml', () => {
  it('has a title from its name, and the listening address as base URL', async () => {
    const { publication, articles, problems } = await readFiles({ 'a.md': ARTICLE })
    expect(problems).toEqual([])
    expect(publication).toEqual({
      title: 'folder',
      description: 'folder',
      base: 'http://127.0.0.1:8080/',
      authority: 'gazette.invalid,2026',
      language: 'en',
      zone: 'UTC',
      rights: {},
      authors: [],
      hubs: [],
      tombstones: 'P90D',
      delta: { isOn: true, except: ['feedparser/'] },
      files: [],
      feeds: new Map(),
      answersQueries: true,
      formats: FEED_FORMATS,
      hasPages: true,
      readers: expect.arrayContaining([
        { name: 'Inoreader', url: 'https://www.inoreader.com/?add_feed={feed}' },
      ]),
      taxonomy: { authors: new Map(), languages: new Map(), sections: new Map(), tags: new Map() },
    })
    expect(articles).toMatchObject([{ link: 'http://127.0.0.1:8080/articles/a' }])
  })

  it('is what the command line says', async () => {
    const { publication } = await readFiles(
      {},
      { title: 'Portal', url: 'https://p.example', timezone: 'Asia/Shanghai', language: 'zh-Hans' },
    )
    expect(publication).toMatchObject({
      title: 'Portal',
      base: 'https://p.example/',
      zone: 'Asia/Shanghai',
      language: 'zh-Hans',
    })
  })
})

describe('site.yaml', () => {
  it('says everything of the publication', async () => {
    const { publication, problems } = await readFiles({
      'site.yaml': `
title: Portal
description: News of the town
url: https://portal.example/news
authority: portal.example,2019
language: zh-Hans
timezone: Asia/Shanghai
rights: {copyright: © Portal, reprint: with a link, disclaimer: None}
contact: {name: Desk, email: desk@portal.example}
authors: [Newsroom, {name: Li, email: li@portal.example}]
logo: {file: logo.png}
icon: {url: "https://img.example/icon.png"}
hubs: ["https://hub.example"]
`,
      'logo.png': 'png',
    })
    expect(problems).toEqual([])
    expect(publication).toMatchObject({
      title: 'Portal',
      description: 'News of the town',
      base: 'https://portal.example/news/',
      authority: 'portal.example,2019',
      language: 'zh-Hans',
      zone: 'Asia/Shanghai',
      rights: { copyright: '© Portal', reprint: 'with a link', disclaimer: 'None' },
      contact: { name: 'Desk', email: 'desk@portal.example' },
      authors: [{ name: 'Newsroom' }, { name: 'Li', email: 'li@portal.example' }],
      logo: 'https://portal.example/news/media/logo.png',
      icon: 'https://img.example/icon.png',
      hubs: ['https://hub.example/'],
      files: ['logo.png'],
    })
  })

  it('gives way to the command line', async () => {
    const site = await siteOf(
      'title: Old\nurl: https://old.example/\ntimezone: UTC\nlanguage: en\ndescription: Kept\n',
      { title: 'New', url: 'https://new.example/', timezone: 'Asia/Tokyo', language: 'ja' },
    )
    expect(site).toMatchObject({
      title: 'New',
      base: 'https://new.example/',
      zone: 'Asia/Tokyo',
      language: 'ja',
      description: 'Kept',
    })
  })

  it.each([
    ['https://p.example', 'https://p.example/'],
    ['https://p.example/a', 'https://p.example/a/'],
    ['https://p.example/a///', 'https://p.example/a/'],
    ['https://p.example/a/?x=1#y', 'https://p.example/a/'],
    ['HTTPS://P.EXAMPLE/a', 'https://p.example/a/'],
    ['https://新闻.example/', 'https://xn--efvy88h.example/'],
  ])('has the base URL of %s end with one slash', async (url, base) => {
    expect((await siteOf(`title: T\nurl: ${url}\n`)).base).toBe(base)
  })

  const mistakes: Record<string, RegExp> = {
    'timezone: ‸Beijing': /^timezone: .*Asia\/Shanghai.*found "Beijing"/,
    // An abbreviation that means two zones.
    'timezone: ‸CST': /^timezone: .*"CST"/,
    'url: ‸https://desk:secret@p.example/': /^url: should have no name and password/,
    'url: ‸portal.example': /^url: .*https:\/\/.*found "portal.example"/,
    'url: ‸ftp://p.example/': /^url: .*https:\/\//,
    'language: ‸english': /^language: .*"english"/,
    'language: ‸zh_CN': /^language: .*language tag.*found "zh_CN"/,
    'authority: ‸p.example': /^authority: .*a domain and a year.*found "p.example"/,
    'timezon: ‸UTC': /^timezon: .*mean "timezone"/,
    'contact: ‸{name: Desk}': /^contact\.email: .*missing/,
    'taxonomy: {tags: {a: {name: ‸A}}}': /^taxonomy\.tags\.a\.name: .*belongs/,
    'taxonomy: {tags: {a: {retired: ‸true}}}':
      /^taxonomy\.tags\.a\.retired: should say why.*found true/,
    'permalink: ‸https://www.news.example/:slug/': /^permalink: should be a path/,
    '‸language: en': /^title: .*missing/,
    'title: ‸{a: 1}': /^title: .*text; found \{"a":1\}/,
    'title: T\n‸title: U': /^: .*YAML/,
    '‸- title: T': /^: .*map of fields/,
  }

  it.each(Object.entries(mistakes))(
    'with a mistake is told with its place, and nothing is published: %j',
    async (said, told) => {
      const yaml = /^‸|title:/.test(said) ? `${said}\n` : `title: T\n${said}\n`
      const files = { 'site.yaml': withoutMark(yaml), 'a.md': ARTICLE }
      const { publication, articles, problems } = await readFiles(files)
      expect(publication).toBeUndefined()
      expect(articles).toEqual([])
      const errors = problems.filter(({ severity }) => severity === 'error')
      expect(errors).toHaveLength(1)
      expect(toldAt(yaml, 'site.yaml', errors)).toMatch(told)
    },
  )

  it('that is empty is refused by name', async () => {
    const { publication, problems } = await readFiles({ 'site.yaml': '', 'a.md': ARTICLE })
    expect(publication).toBeUndefined()
    expect(problems).toMatchObject([
      { file: 'site.yaml', sentence: expect.stringMatching(/empty/) },
    ])
  })

  it.each(['logo', 'icon'])('whose %s is not there is served, with a warning', async (name) => {
    const { publication, problems } = await readFiles({
      'site.yaml': `title: T\n${name}: {file: ${name}.png}\n`,
    })
    expect(publication?.title).toBe('T')
    expect(problems).toMatchObject([
      {
        severity: 'warning',
        file: 'site.yaml',
        line: 2,
        field: `${name}.file`,
        sentence: `There is no file "${name}.png" that could be served.`,
      },
    ])
  })

  it('with an unknown field is served, with a warning', async () => {
    const { publication, problems } = await readFiles({ 'site.yaml': 'title: T\ntheme: dark\n' })
    expect(publication?.title).toBe('T')
    expect(problems).toMatchObject([
      { severity: 'warning', file: 'site.yaml', line: 2, column: 8, field: 'theme' },
    ])
  })

  it.each([
    ['timezone', { timezone: 'Mars/Olympus' }],
    ['url', { url: 'javascript:alert(1)' }],
    ['language', { language: 'not a language' }],
  ])('a wrong %s on the command line is an error, too', async (field, settings) => {
    const { publication, problems } = await readFiles({ 'a.md': ARTICLE }, settings)
    expect(publication).toBeUndefined()
    expect(problems).toMatchObject([{ severity: 'error', field }])
  })
})

describe('the taxonomy', () => {
  const YAML = `
title: T
taxonomy:
  tags:
    Night Market: {description: After dark}
    ＥＸＰＯＲＴＳ: {label: Exports}
    Trade: {renamedTo: Foreign Trade}
    foreign,trade: {label: Foreign trade}
    Quays: {renamedTo: Sea Port}
    Wharf: {renamedTo: pier}
    Rumours: {retired: We print none.}
    Plain:
  sections:
    News / Local News: {label: The town}
    Town: {renamedTo: News/Local News}
  authors:
    Li  Wei: {label: Li Wei (desk)}
`

  it('is known by slug, whatever its spelling', async () => {
    const { taxonomy } = await siteOf(YAML)
    expect(Object.fromEntries(taxonomy.tags)).toEqual({
      'night-market': { label: 'Night Market', description: 'After dark' },
      exports: { label: 'Exports' },
      trade: { label: 'Trade', renamedTo: 'foreign-trade' },
      'foreign-trade': { label: 'Foreign trade' },
      quays: { label: 'Quays', renamedTo: 'sea-port' },
      'sea-port': { label: 'Sea Port' },
      wharf: { label: 'Wharf', renamedTo: 'pier' },
      pier: {},
      rumours: { label: 'Rumours', retired: 'We print none.' },
      plain: { label: 'Plain' },
    })
    expect([...taxonomy.sections.keys()]).toEqual(['news/local-news', 'town'])
    expect(taxonomy.sections.get('town')?.renamedTo).toBe('news/local-news')
    expect(taxonomy.authors.get('li-wei')?.label).toBe('Li Wei (desk)')
  })

  it.each([
    ['tags: [NIGHT  MARKET]', 'tags', 'night-market', 'Night Market'],
    ['tags: [exports]', 'tags', 'exports', 'Exports'],
    ['tags: [trade]', 'tags', 'foreign-trade', 'Foreign trade'],
    ['tags: [quays]', 'tags', 'sea-port', 'Sea Port'],
    ['tags: [WHARF]', 'tags', 'pier', 'pier'],
    ['tags: [Pier]', 'tags', 'pier', 'Pier'],
  ] as const)('names what an article calls %s', async (line, scheme, term, label) => {
    const { articles } = await readFiles({
      'site.yaml': YAML,
      'a.md': ARTICLE.replace('title: A', `title: A\n${line}`),
    })
    expect(articles[0]?.[scheme]).toEqual([{ scheme, term, label }])
  })

  it('knows what a term is renamed to, also where nobody uses it', async () => {
    const { publication } = await readFiles({ 'site.yaml': YAML, 'a.md': ARTICLE })
    const { terms } = openCatalog(publication ?? expect.fail(), [], 0)
    expect([...terms.tags.keys()]).toEqual([
      'exports',
      'foreign-trade',
      'night-market',
      'pier',
      'plain',
      'sea-port',
    ])
    expect(terms.tags.get('pier')?.label).toBe('pier')
  })

  it.each([
    ['itself in another spelling', '{tags: {exports: {renamedTo: Exports}}}', ['exports']],
    ['what is renamed to it', '{tags: {a: {renamedTo: b}, b: {renamedTo: a}}}', ['a', 'b']],
    ['a section below itself', '{sections: {News: {renamedTo: News/Local}}}', ['News']],
    [
      'a section that leads below it',
      '{sections: {a: {renamedTo: b/x}, b: {renamedTo: a/y}}}',
      ['a', 'b'],
    ],
    ['a loop elsewhere', '{authors: {c: {renamedTo: a}, a: {renamedTo: a}}}', ['c', 'a']],
  ])('with a term renamed to %s is a mistake, where it stands', async (_, terms, names) => {
    const { publication, problems } = await readFiles({
      'site.yaml': `title: T\ntaxonomy: ${terms}\nfeeds: {x: {filter: {tag: a, category: a}}}\n`,
      'a.md': ARTICLE,
    })
    expect(publication).toBeUndefined()
    expect(problems.map(({ field }) => field?.split('.').at(-2))).toEqual(names)
    expect(problems).toMatchObject(
      names.map(() => ({ file: 'site.yaml', line: 2, severity: 'error' })),
    )
  })

  it('follows a section through renamings one by one', async () => {
    const { taxonomy } = await siteOf(
      'title: T\ntaxonomy: {sections: {a: {renamedTo: b}, b/k: {renamedTo: a/l}}}\n',
    )
    expect(currentTerm(taxonomy, 'sections', 'a/k/z')).toBe('b/l/z')
  })

  it('moves a section with all below it', async () => {
    const { articles } = await readFiles({
      'site.yaml': YAML,
      'a.md': ARTICLE.replace('title: A', 'title: A\nsection: TOWN/Traffic'),
    })
    expect(articles[0]?.sections[0]?.map(({ term }) => term)).toEqual([
      'news',
      'news/local-news',
      'news/local-news/traffic',
    ])
    expect(articles[0]?.sections[0]?.[1]?.label).toBe('The town')
  })

  it('takes no harm from a term called __proto__', async () => {
    const { taxonomy } = await siteOf(
      'title: T\ntaxonomy: {tags: {__proto__: {label: Bad}, odd: {label: Odd}}}\n',
    )
    expect([...taxonomy.tags.keys()].filter((term) => term !== '__proto__')).toEqual(['odd'])
    expect(Object.hasOwn(Object.prototype, 'label')).toBe(false)
  })
})

describe('the address of an article', () => {
  const PATTERNS = `
title: T
url: https://p.example/site/
timezone: Asia/Shanghai
permalink:
  pattern: /:year/:month/:day/:slug/
  sections:
    News: /n/:slug.html
    News/Local News: ":section/:year:month/:slug"
`

  it.each([
    ['no section', '', 'https://p.example/site/2026/03/10/a/'],
    ['a section without a pattern', 'section: Life', 'https://p.example/site/2026/03/10/a/'],
    ['a section with one', 'section: News', 'https://p.example/site/n/a.html'],
    ['a section below it', 'section: News/World', 'https://p.example/site/n/a.html'],
    [
      'a section with one of its own',
      'section: NEWS/local news',
      'https://p.example/site/news/local-news/202603/a',
    ],
    [
      'a section below that',
      'section: News/Local News/Traffic',
      'https://p.example/site/news/local-news/traffic/202603/a',
    ],
    ['two sections', 'sections: [Life, News]', 'https://p.example/site/2026/03/10/a/'],
    [
      'a slug of its own',
      'slug: 经济 R&D',
      'https://p.example/site/2026/03/10/%E7%BB%8F%E6%B5%8E-r%26d/',
    ],
    ['an address of its own', 'url: https://q.example/1', 'https://q.example/1'],
  ])('in %s follows the pattern', async (_, line, link) => {
    const { articles, problems } = await readFiles({
      'site.yaml': PATTERNS,
      'a.md': `---\ntitle: A\npublished: 2026-03-10 00:30\n${line}\n---\n`,
    })
    expect(problems).toEqual([])
    expect(articles).toMatchObject([{ link, hasOwnPage: false }])
  })

  it('may be one pattern for all', async () => {
    const { articles } = await readFiles({
      'site.yaml': 'title: T\nurl: https://p.example\npermalink: /p/:slug\n',
      'a.md': ARTICLE,
    })
    expect(articles).toMatchObject([{ link: 'https://p.example/p/a', hasOwnPage: false }])
  })

  it('without a pattern is Gazette’s own page', async () => {
    const { articles } = await readFiles({
      'site.yaml': 'title: T\nurl: https://p.example/x\n',
      'a.md': ARTICLE,
    })
    expect(articles).toMatchObject([{ link: 'https://p.example/x/articles/a', hasOwnPage: true }])
  })
})
