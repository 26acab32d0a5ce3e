// Looking for terms: what people write in the box finds what they mean.
import { describe, expect, it } from 'vitest'
import { openCatalog } from '../../../src/domain/catalog.ts'
import { MalformedParameter } from '../../../src/domain/malformed-parameter.ts'
import {
  type FOUND_SCHEMES,
  finderAddress,
  findTerms,
  hasPage,
  readSearch,
  TERMS_ON_A_PAGE,
} from '../../../src/pages/find-terms.ts'
import { article, DAY, NOON, publication, taxonomy } from '../support/publication.ts'

const site = publication({
  taxonomy: taxonomy({ tags: new Map([['c++', { label: 'C plus plus' }]]) }),
})
const articles = [
  article({
    slug: 'a',
    tags: ['Harbour lights', 'Port', '港口'],
    sections: ['News/Harbour/Ferries'],
  }),
  article({ slug: 'b', tags: ['Port', '港口物流', 'C++'], sections: ['News/Town'] }),
  article({ slug: 'c', tags: ['Port', 'Harbour', 'Sport'], authors: ['Harbour desk', 'Åse Ørn'] }),
  article({ slug: 'd', tags: ['Secret harbour'], draft: true }),
]
const catalog = openCatalog(site, articles, NOON + DAY)
type Scheme = (typeof FOUND_SCHEMES)[number]
const found = (scheme: Scheme, query: string) =>
  findTerms(catalog, scheme, query).map(({ term }) => term)

describe('looking for', () => {
  it.each<[Scheme, string, string[], string]>([
    [
      'tags',
      'harbour',
      ['harbour', 'harbour-lights'],
      'the one of that name comes first, and no draft’s at all',
    ],
    ['tags', 'port', ['port', 'sport'], 'what begins so comes before what holds it'],
    ['tags', 'HARB', ['harbour', 'harbour-lights'], 'capitals make no difference'],
    ['tags', 'lights harbour', ['harbour-lights'], 'words may stand in any order'],
    ['tags', '港口', ['港口', '港口物流'], 'Chinese is found without spaces'],
    ['tags', 'plus', ['c++'], 'a term goes by its label'],
    ['tags', 'ｐｏｒｔ', ['port', 'sport'], 'wide letters are letters'],
    [
      'sections',
      'harbour',
      ['news/harbour', 'news/harbour/ferries'],
      'a section goes by those above it',
    ],
    ['authors', 'desk', ['harbour-desk'], 'authors are found'],
    ['tags', 'nothing like it', [], 'or nothing is'],
  ])('%s by “%s”: %j, as %s', (scheme, query, terms) => {
    expect(found(scheme, query)).toEqual(terms)
  })

  it('nothing finds all, those used most first', () => {
    expect(found('tags', '')[0]).toBe('port')
    expect(found('tags', '')).toHaveLength(7)
  })
})

describe('a search’s address', () => {
  it.each([
    [{ query: '' }, ''],
    [{ query: '港口 & more' }, '?q=%E6%B8%AF%E5%8F%A3+%26+more'],
    [{ scheme: 'tags', page: 3 }, '?in=tags&page=3'],
  ] as const)('of %j is find/%s, and is read as it', (search, query) => {
    const address = finderAddress(site, search)
    expect(address).toBe(`https://news.example/find/${query}`)
    expect(readSearch([...new URL(address).searchParams])).toEqual({
      query: '',
      page: 1,
      ...search,
    })
  })

  it.each([
    ['in=colours', 'in'],
    ['page=0', 'page'],
    ['page=x', 'page'],
    ['page=0x1', 'page'],
    ['page=1e0', 'page'],
    ['q=a&q=b', 'q'],
  ])('%s is refused for its "%s"', (query, parameter) => {
    const read = () => readSearch([...new URLSearchParams(query)])
    expect(read).toThrow(MalformedParameter)
    expect(read).toThrow(expect.objectContaining({ parameter }))
  })

  it('has a page as long as there are terms for it', () => {
    const tags = Array.from({ length: TERMS_ON_A_PAGE + 1 }, (_, at) => `tag ${at}`)
    const many = openCatalog(site, [article({ tags })], NOON + DAY)
    const has = (page: number) => hasPage(many, { query: '', scheme: 'tags', page })
    expect([1, 2, 3].map(has)).toEqual([true, true, false])
  })
})
