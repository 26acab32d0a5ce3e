// A publication whose pages tests look at, and ways to ask for them as a browser does.
import type { Article } from '../../../src/domain/article.ts'
import { hashOf } from '../../../src/publishing/tokens.ts'
import { elementsIn, linksOf } from './html.ts'
import { article, DAY, HOUR, NOON, namedFeeds, publication, taxonomy } from './publication.ts'
import { serverOf } from './server.ts'

export const SECRET = 'Aa0_-Bb1Cc2Dd3Ee4Ff5Gg6Hh7Ii8Jj9Kk0Ll1Mm2Nn'
export const site = publication({
  contact: { name: 'The desk', email: 'desk@news.example' },
  readers: [{ name: 'Reader', url: 'https://reader.example/?add={feed}' }],
  rights: { copyright: '© The Gazette' },
  feeds: namedFeeds({
    desk: { title: 'The desk', query: 'tag=exports' },
    partners: { tokens: [{ name: 'a', hash: hashOf(SECRET) }] },
  }),
  taxonomy: taxonomy({
    tags: new Map([
      ['shipping', { renamedTo: 'exports' }],
      ['weather', { retired: 'The weather has a page of its own.' }],
    ]),
  }),
})
export const articles = [
  article({
    slug: 'one',
    title: 'Wages & <b>prices</b>',
    tags: ['Exports', 'C++'],
    sections: ['News/Local'],
    summary: 'What a week costs.',
    updated: NOON + HOUR,
    contributors: [
      { name: 'Lin Qiao', role: 'editor' },
      { name: 'Wu Mo', role: 'Data' },
    ],
    pictures: [{ url: 'https://news.example/media/p.png', credit: 'Lin', width: 600, height: 400 }],
    recordings: [
      { url: 'https://news.example/t.mp3', type: 'audio/mpeg', length: 9, title: 'Talk' },
    ],
    sources: [
      { title: 'The bureau’s table', url: 'https://bureau.example/t' },
      { title: 'A talk' },
    ],
    related: [{ title: 'Elsewhere', url: 'https://other.example/x' }],
    rights: { copyright: '© The Gazette', reprint: 'Ask first.', disclaimer: 'No advice.' },
  }),
  article({
    slug: 'two',
    tags: ['trade', 'exports'],
    sections: ['Finance'],
    published: NOON - HOUR,
  }),
  article({
    slug: 'away',
    tags: ['sport'],
    link: 'https://sport.example/away',
    hasOwnPage: false,
    published: NOON - 2 * HOUR,
  }),
  article({
    slug: '消息',
    title: '消息',
    language: 'zh-Hans',
    tags: ['港口'],
    published: NOON - DAY,
  }),
  article({ slug: 'gone', tags: ['sport'], withdrawn: { at: NOON, reason: 'It was wrong.' } }),
]
export const { app, get, failures } = serverOf(articles, { site })

export const BROWSER = { accept: 'text/html', 'sec-fetch-mode': 'navigate' }

export const pageAt = async (path: string, ask = get) => (await ask(path, BROWSER)).text()

/** A page of a publication that has these articles alone. */
export const pageOf = (some: readonly Article[], path = '/articles/an-article') =>
  pageAt(path, serverOf(some, { site }).get)

/** The addresses of a page to copy, in their order. */
export function addressesIn(page: string): unknown[] {
  return elementsIn(page, 'input').flatMap(({ properties: { type, value } }) =>
    type === 'url' ? [value] : [],
  )
}

/** Where the entries of a page lead, in their order. */
export function entriesIn(page: string): string[] {
  return elementsIn(page, 'ol', 'entries').flatMap((list) =>
    elementsIn(list, 'h3').flatMap(linksOf),
  )
}
