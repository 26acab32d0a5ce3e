// Which way the words of a part run, and that each part says so where another may stand around it.
import type { Element } from 'hast'
import { toText } from 'hast-util-to-text'
import { describe, expect, it } from 'vitest'
import { inLanguage } from '../../../src/pages/in-language.ts'
import { elementsIn } from '../support/html.ts'
import { article, publication } from '../support/publication.ts'
import { serverOf } from '../support/server.ts'

describe('words run', () => {
  it.each([
    ['en', 'ltr'],
    ['zh-Hans', 'ltr'],
    ['ar', 'rtl'],
    ['he-IL', 'rtl'],
    ['fa', 'rtl'],
    ['ur', 'rtl'],
    ['dv', 'rtl'],
    ['az-Arab', 'rtl'],
    ['ar-Latn', 'ltr'],
    ['en-x-landu', 'ltr'],
  ])('in %s from %s', (language, dir) => {
    expect(inLanguage(language)).toEqual({ lang: language, dir })
  })
})

describe('where others run the other way, the words of a part run as their own language does:', () => {
  const facts = { language: 'ar', title: 'مرحبا', tags: ['ميناء'], sections: ['أخبار'] }
  const english = serverOf([article(facts)])
  const arabic = serverOf([article(facts)], { site: publication({ language: 'ar' }) })

  /** The direction of an element, as it or what is around it says. */
  const directionsIn = async ({ get }: typeof english, path: string, name: string) => {
    const page = await (await get(path)).text()
    const found = (element: Element, around: unknown): unknown[] => {
      const { dir = around } = element.properties
      const inside = element.children.flatMap((child) =>
        child.type === 'element' ? found(child, dir) : [],
      )
      return element.tagName === name ? [dir, ...inside] : inside
    }
    return elementsIn(page, 'html').flatMap((html) => found(html, 'ltr'))
  }

  it.each([
    ['an article’s title', english, '/articles/an-article', 'h1', ['rtl']],
    [
      'its sections, but not the row of its tags, which is the pages’ own',
      english,
      '/articles/an-article',
      'li',
      ['rtl', 'ltr'],
    ],
    ['the pages’ own words around it', english, '/articles/an-article', 'h2', ['ltr']],
    ['a feed’s title, in the language of the publication', english, '/tags/ميناء/', 'h1', ['ltr']],
    ['an entry’s title', english, '/tags/ميناء/', 'h3', ['rtl']],
    ['a publication’s title', arabic, '/', 'h1', ['rtl']],
    ['the pages’ own words about it', arabic, '/', 'h2', ['ltr', 'ltr']],
    ['times, in words of the pages', arabic, '/', 'time', ['ltr']],
  ] as const)('%s', async (_, server, path, name, directions) => {
    expect(await directionsIn(server, path, name)).toEqual(directions)
  })
})

it.each([
  ['/', 'a'],
  ['/find/', 'a'],
  ['/build/', 'span'],
  ['/articles/an-article', 'a'],
  ['/tags/c+/', 'a'],
])('at %s a name runs as its own letters do', async (path, element) => {
  const named = article({ language: 'ar', tags: ['C++'] })
  const { get } = serverOf([named], { site: publication({ language: 'ar' }) })
  const page = await (await get(path, { Accept: 'text/html' })).text()
  const names = elementsIn(page, element).filter((one) => toText(one) === 'C++')
  expect(names.map(({ properties: { dir } }) => dir)).toEqual(['auto'])
})
