// One document of each format, whole, as it stands in `golden/`: what a change of any byte shows up against.
import { expect, it } from 'vitest'
import { documentsOf } from '../support/documents.ts'
import { article, HOUR, NOON, publication, taxonomy } from '../support/publication.ts'

const everything = publication({
  rights: { copyright: '© The Gazette', disclaimer: 'Views are the authors’ own.' },
  contact: { name: 'News desk', email: 'desk@news.example' },
  logo: 'https://news.example/logo.png',
  icon: 'https://news.example/icon.png',
  hubs: ['https://hub.example/', 'https://hub2.example/'],
  taxonomy: taxonomy({}),
})

const articles = [
  article({
    slug: 'market',
    title: 'Market & <harbour> reopen',
    summary: 'After 3 < 4 weeks.',
    html: '<p>The market is open. ]]&gt; <a href="https://news.example/x">More</a></p>',
    updated: NOON + HOUR,
    authors: ['Newsroom', 'Metro desk'],
    contributors: [
      { name: 'Night editor', role: 'editor' },
      {
        name: 'Photo desk',
        role: 'photographer',
        email: 'photo@news.example',
        url: 'https://news.example/photo',
      },
    ],
    tags: ['C++', 'R&D', 'night market'],
    sections: ['News/Local', 'Economy'],
    pictures: [
      {
        url: 'https://news.example/media/market.jpg',
        type: 'image/jpeg',
        length: 12_345,
        width: 800,
        height: 600,
        alt: 'Stalls',
        caption: 'The first evening',
        credit: 'Photo desk',
      },
      { url: 'https://news.example/media/second.png', type: 'image/png', length: 1 },
    ],
    recordings: [
      {
        url: 'https://news.example/media/bell.mp3',
        type: 'audio/mpeg',
        length: 999,
        title: 'The bell',
        duration: 3.5,
      },
      {
        url: 'https://news.example/media/crowd.mp4',
        type: 'video/mp4',
        length: 4_096,
        title: 'The crowd',
        duration: 61.6,
      },
    ],
    sources: [
      { title: 'Harbour office', url: 'https://harbour.example/' },
      { title: 'Market office' },
      { title: 'A third paper', feed: 'https://third.example/rss.xml' },
      { title: 'A fourth paper', feed: 'https://fourth.example/rss.xml' },
    ],
    related: [{ title: 'The closing', url: 'https://news.example/articles/closing' }],
    rights: { copyright: '© Metro desk', reprint: 'Name the source.', disclaimer: 'As reported.' },
  }),
  article({
    slug: 'copied',
    language: 'zh-Hans',
    published: NOON - HOUR,
    authors: [],
    sources: [{ title: 'The other paper', feed: 'https://other.example/rss.xml' }],
  }),
  article({ slug: 'short', html: '', text: '', published: NOON - 2 * HOUR }),
]

it.each([
  ['rss', 'rss.xml'],
  ['atom', 'atom.xml'],
  ['json', 'feed.json'],
] as const)('%s is golden/%s', async (format, file) => {
  await expect(documentsOf(everything, articles)[format]).toMatchFileSnapshot(`golden/${file}`)
})
