// The model article of a local-news portal: each fact of its page is in the feeds, found by a parser not ours.
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { describe, expect, it } from 'vitest'
import { documentsOf } from '../support/documents.ts'
import { readFiles } from '../support/folder.ts'

const SITE = `
title: 中山资讯
url: https://portal.example/
timezone: Asia/Shanghai
language: zh-Hans
authority: portal.example,2020
rights:
  disclaimer: 信息来自网络，如有侵权请致信 takedown@portal.example，本站将立即处理。
`
const RECORD = `---
id: "2020-0624-1"
title: 镇区全年目标怎样完成？
published: 2020-06-24 18:30
section: 首页/中山资讯/新闻
tags: [济南小胖子快餐]
contributors:
  - { name: 郭瑪莉, role: editor }
  - { name: 中山发改编辑部, role: compiler }
pictures:
  - { url: "https://portal.example/p/meeting.jpg", credit: 梁嘉俊, caption: 会议现场, width: 640, height: 427 }
sources:
  - { title: 中山发布, url: "https://fabu.example/" }
  - { title: 中山日报, url: "https://ribao.example/" }
related:
  - { title: 前五个月的工业投资, url: "https://portal.example/news/1" }
rights:
  reprint: 转载请注明作者和出处
---
六月二十四日，全市镇区负责人开会，总结一至五月的工作。
`

async function documents() {
  const { publication, articles, problems } = await readFiles({
    'site.yaml': SITE,
    'news/meeting.md': RECORD,
  })
  expect(problems).toEqual([])
  return documentsOf(publication ?? expect.fail(), articles)
}

const RIGHTS =
  '转载请注明作者和出处\n信息来自网络，如有侵权请致信 takedown@portal.example，本站将立即处理。'
const PUBLISHED = '2020-06-24T10:30:00.000Z'
const ID = 'tag:portal.example,2020:2020-0624-1'

describe('the model article round-trips', () => {
  it('through RSS', async () => {
    const item = parseRssFeed((await documents()).rss).items?.[0]
    expect(item).toMatchObject({
      title: '镇区全年目标怎样完成？',
      guid: { value: ID, isPermaLink: false },
      link: 'https://portal.example/articles/meeting',
      categories: [
        { name: '济南小胖子快餐', domain: 'https://portal.example/tags/' },
        { name: '首页', domain: 'https://portal.example/categories/' },
        { name: '首页/中山资讯', domain: 'https://portal.example/categories/' },
        { name: '首页/中山资讯/新闻', domain: 'https://portal.example/categories/' },
      ],
      enclosures: [{ url: 'https://portal.example/p/meeting.jpg', type: 'image/jpeg', length: 0 }],
      content: { encoded: expect.stringContaining('总结一至五月的工作') },
      atom: { updated: PUBLISHED },
      dc: {
        contributors: ['郭瑪莉', '中山发改编辑部'],
        sources: ['中山发布', '中山日报'],
        rights: [RIGHTS],
      },
      media: {
        contents: [
          {
            url: 'https://portal.example/p/meeting.jpg',
            type: 'image/jpeg',
            width: 640,
            height: 427,
            credits: [{ value: '梁嘉俊', role: 'photographer' }],
            description: { value: '会议现场' },
          },
        ],
      },
    })
    expect(new Date(String(item?.pubDate)).toISOString()).toBe(PUBLISHED)
  })

  it('through Atom', async () => {
    const feed = parseAtomFeed((await documents()).atom)
    expect(feed.entries?.[0]).toMatchObject({
      id: ID,
      title: { value: '镇区全年目标怎样完成？' },
      published: PUBLISHED,
      updated: PUBLISHED,
      categories: [
        { term: '济南小胖子快餐', scheme: 'https://portal.example/tags/', label: '济南小胖子快餐' },
        { term: '首页', scheme: 'https://portal.example/categories/', label: '首页' },
        { term: '首页/中山资讯', label: '中山资讯' },
        { term: '首页/中山资讯/新闻', label: '新闻' },
      ],
      contributors: [{ name: '郭瑪莉' }, { name: '中山发改编辑部' }],
      links: expect.arrayContaining([
        expect.objectContaining({
          rel: 'alternate',
          href: 'https://portal.example/articles/meeting',
        }),
        expect.objectContaining({ rel: 'enclosure', href: 'https://portal.example/p/meeting.jpg' }),
        expect.objectContaining({ rel: 'via', href: 'https://fabu.example/', title: '中山发布' }),
        expect.objectContaining({ rel: 'via', href: 'https://ribao.example/', title: '中山日报' }),
        expect.objectContaining({
          rel: 'related',
          href: 'https://portal.example/news/1',
          title: '前五个月的工业投资',
        }),
      ]),
      rights: { value: RIGHTS },
      content: { type: 'html', value: expect.stringContaining('总结一至五月的工作') },
      media: { contents: [{ credits: [{ value: '梁嘉俊' }] }] },
    })
  })

  it('through JSON Feed', async () => {
    const feed = parseJsonFeed((await documents()).json)
    expect(feed.items?.[0]).toMatchObject({
      id: ID,
      title: '镇区全年目标怎样完成？',
      url: 'https://portal.example/articles/meeting',
      external_url: 'https://fabu.example/',
      date_published: PUBLISHED,
      tags: ['济南小胖子快餐', '首页', '中山资讯', '新闻'],
      image: 'https://portal.example/p/meeting.jpg',
      attachments: [{ url: 'https://portal.example/p/meeting.jpg', mime_type: 'image/jpeg' }],
    })
    expect(JSON.parse((await documents()).json).items[0]._gazette).toEqual({
      contributors: [
        { name: '郭瑪莉', role: 'editor' },
        { name: '中山发改编辑部', role: 'compiler' },
      ],
      sections: [
        [
          { term: '首页', label: '首页' },
          { term: '首页/中山资讯', label: '中山资讯' },
          { term: '首页/中山资讯/新闻', label: '新闻' },
        ],
      ],
      pictures: [
        expect.objectContaining({ credit: '梁嘉俊', caption: '会议现场', width: 640, height: 427 }),
      ],
      sources: [
        { title: '中山发布', url: 'https://fabu.example/' },
        { title: '中山日报', url: 'https://ribao.example/' },
      ],
      related: [{ title: '前五个月的工业投资', url: 'https://portal.example/news/1' }],
      rights: {
        reprint: '转载请注明作者和出处',
        disclaimer: '信息来自网络，如有侵权请致信 takedown@portal.example，本站将立即处理。',
      },
    })
  })
})
