// Pages of made-up articles, in Chromium: what their script adds, and only to what is Gazette’s own; and that they fit.
import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { article, DAY, NOON } from '../quick/support/publication.ts'
import { serverOf } from '../quick/support/server.ts'
import { launch, openReader } from './browser.ts'

/** What articles say of times, none of which is Gazette's to change. */
const TIMES = [
  '<time datetime="1848-03-18">a rainy Saturday in March</time>',
  '<time datetime="PT2H">two hours</time>',
  '<time>10:00</time>',
  '<span lang="en_US"><time datetime="2026-03-09T08:30:00Z">half past eight</time></span>',
]
/** Words that no line of a phone holds. */
const LONG = 'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(2)
/** Sections that stand further in than a phone is wide. */
const DEEP = Array.from({ length: 16 }, (_, at) => `Level ${at}`).join('/')
/** A picture of 100 by 400 pixels. */
const TALL = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="100" height="400"/>')}`
/** More than the builder shows at once. */
const HARBOURS = Array.from({ length: 33 }, (_, at) => `harbour ${at}`)
/** Of A4 between its margins, in pixels. */
const PAPER = 640
const { app } = serverOf([
  article({
    slug: 'wide',
    link: 'https://sport.example/wide',
    hasOwnPage: false,
    html: `<pre>${'a long line of code '.repeat(20)}</pre>
<table><tr>${'<td>something wide</td>'.repeat(12)}</tr></table>`,
  }),
  article({ slug: 'harbours', tags: HARBOURS, published: NOON - DAY }),
  article({
    slug: 'long',
    tags: [LONG],
    sections: [`Ausfuhr/${LONG}/Häfen und Schifffahrt`, DEEP],
    authors: [LONG],
    html: `<p>${LONG}</p><table><tr>${`<td>${LONG}</td>`.repeat(9)}</tr></table>`,
  }),
  ...['en', 'zh'].map((language) =>
    article({
      slug: `code-${language}`,
      language,
      html: '<h2><a href="https://news.example/">设置 settings</a></h2><p><code>变量 variable</code></p>',
    }),
  ),
  article({
    slug: 'pictures',
    html: ['', 'width="40"', 'height="40"', 'width="100" height="400"']
      .map((size) => `<p><img src="${TALL}" alt="A tower" ${size}></p>`)
      .join(''),
  }),
  article({
    slug: 'among-arabic',
    language: 'ar',
    html: '<p>شغّل <code>say "so"</code> الآن.</p><pre><code>say "so"</code></pre><table><tr><td>١</td></tr></table>',
  }),
  article({
    slug: 'on-paper',
    html: `<p>A claim<sup><a href="https://news.example/articles/on-paper#fn1">[1]</a></sup> with
<a href="https://proof.example/#top">a proof</a>.</p><details><summary>More</summary><p>Unfolded.</p></details>`,
  }),
  article({ slug: 'times', tags: ['exports'], html: `<p>${TIMES.join(' ')}</p>` }),
])

let browser: Browser
let server: Server
/** Another than the publication's own. */
let address: string

beforeAll(async () => {
  server = createAdaptorServer({ fetch: app.fetch }) as Server
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  browser = await launch()
})

afterAll(async () => {
  await browser.close()
  server.close()
})

/** A page after its script ran, and that nothing failed in it. */
async function visit(
  path: string,
  task: (page: Page) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const { page, leave } = await openReader(browser, address, {
    locale: 'en-GB',
    timezoneId: 'America/New_York',
    ...options,
  })
  await page.goto(address + path)
  await task(page)
  await leave()
}

describe('times', () => {
  it.each([
    ['en-GB', '24 June 2026 at 00:00'],
    ['en-US', 'June 24, 2026 at 12:00 AM'],
    ['zh-CN', '2026年6月24日 00:00'],
    ['fr-FR', 'June 24, 2026 at 12:00 AM'],
  ])(
    'of the publication are shown in the reader’s zone and way, those in a text as they were written: %s',
    (locale, shown) =>
      visit(
        'articles/times',
        async (page) => {
          expect(await page.locator('.byline time').innerText()).toBe(shown)
          expect(await page.locator('.body time').allInnerTexts()).toEqual([
            'a rainy Saturday in March',
            'two hours',
            '10:00',
            'half past eight',
          ])
        },
        { locale },
      ),
  )
})

describe('the full text of an entry', () => {
  it('comes once, however often it is asked for, and goes again', () =>
    visit('tags/exports/', async (page) => {
      const more = page.getByRole('button', { name: 'Full text' })
      await more.dblclick()
      await page.locator('.body').waitFor()
      expect(await page.locator('.body').count()).toBe(1)
      expect(await more.getAttribute('aria-expanded')).toBe('true')
      await more.click()
      await page.locator('.body').waitFor({ state: 'hidden' })
      expect(await more.getAttribute('aria-expanded')).toBe('false')
    }))

  it('is opened beside the page by whoever holds a key for that', () =>
    visit('tags/exports/', async (page) => {
      const opened = page.context().waitForEvent('page')
      await page.getByRole('button', { name: 'Full text' }).click({ modifiers: ['Control'] })
      await opened
      expect(page.url()).toBe(`${address}tags/exports/`)
      expect(await page.locator('.body').count()).toBe(0)
    }))
})

it('an address that was copied is called so, for a while', () =>
  visit(
    'tags/exports/',
    async (page) => {
      await page.getByRole('button', { name: 'Copy: Atom', exact: true }).click()
      await page.getByRole('button', { name: 'Copied', exact: true }).waitFor()
      await page.getByRole('button', { name: 'Copy: Atom', exact: true }).waitFor()
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
        'https://news.example/tags/exports/atom.xml',
      )
    },
    { permissions: ['clipboard-read', 'clipboard-write'] },
  ))

it.each(['en', 'zh'])('code and headings are set as they were typed, in %s', (language) =>
  visit(`articles/code-${language}`, async (page) => {
    const hyphens = ['.body code', 'h1', 'h2 a'].map((part) =>
      page.evaluate(`getComputedStyle(document.querySelector('${part}')).hyphens`),
    )
    expect(await Promise.all(hyphens)).toEqual(['none', 'manual', 'manual'])
    const spacing = "getComputedStyle(document.querySelector('.body code')).textAutospace"
    expect(await page.evaluate(spacing)).toBe('no-autospace')
  }),
)

it('headings are set as close, whether or not they say their language', () =>
  visit('tags/exports/', async (page) => {
    const heights = ['h1[lang]', 'h2:not([lang])'].map((part) =>
      page.evaluate<number>(`(({ lineHeight, fontSize }) => parseFloat(lineHeight) / parseFloat(fontSize))(
          getComputedStyle(document.querySelector('${part}')))`),
    )
    for (const height of await Promise.all(heights)) expect(height).toBeCloseTo(1.3)
  }))

it.each(['p', 'pre'])(
  'code runs its own way among words that run from right to left: in %s',
  (element) =>
    visit('articles/among-arabic', async (page) => {
      const [first = 0, last = 0] = await page.evaluate<number[]>(`(({ firstChild: text }) =>
        [0, text.length - 1].map((at) => {
          const letter = document.createRange()
          letter.setStart(text, at)
          letter.setEnd(text, at + 1)
          return letter.getBoundingClientRect().x
        })
      )(document.querySelector('.body ${element} code'))`)
      expect(first).toBeLessThan(last)
    }),
)

it.each([
  ['articles/wide?text', [0, 0]],
  ['articles/among-arabic', [-1, -1]],
])(
  'code and tables can be scrolled by keys in any browser where they are too wide, and only there: %s',
  (path, stops) =>
    visit(path, async (page) => {
      const found = await page.evaluate(
        "[...document.querySelectorAll('.body :is(pre, table)')].map(({ tabIndex }) => tabIndex)",
      )
      expect(found).toEqual(stops)
    }),
)

it('pictures in a text are shown in their own shape, and as large as it says', () =>
  visit('articles/pictures', async (page) => {
    const boxes = await Promise.all(
      (await page.locator('.body img').all()).map((picture) => picture.boundingBox()),
    )
    expect(boxes.map((box) => [box?.width, box?.height])).toEqual([
      [100, 400],
      [40, 160],
      [10, 40],
      [100, 400],
    ])
  }))

it('on paper nothing is cut off, and where an article stands is told', () =>
  visit(
    'articles/wide?text',
    async (page) => {
      await page.emulateMedia({ media: 'print' })
      for (const part of ['.body table', '.body pre']) {
        const { x = 0, width = 0 } = (await page.locator(part).boundingBox()) ?? {}
        const inside = await page.locator(part).evaluate((element) => element.scrollWidth)
        expect(Math.max(inside, x + width), part).toBeLessThanOrEqual(PAPER)
      }
      expect(await page.getByText('The article stands at').isVisible()).toBe(true)
    },
    { viewport: { width: PAPER, height: 1000 } },
  ))

it('on paper what was folded is there, and links tell where they lead, but for the marks of notes', () =>
  visit('articles/on-paper', async (page) => {
    expect(await page.getByText('Unfolded.').isVisible()).toBe(false)
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByText('Unfolded.').isVisible()).toBe(true)
    const told = await page.evaluate(
      "[...document.querySelectorAll('.body a')].map((link) => getComputedStyle(link, '::after').content)",
    )
    expect(told).toEqual(['none', '" (https://proof.example/#top)"'])
  }))

it('what a problem offers stands apart', () =>
  visit('tags/exprots/', async (page) => {
    const find = await page.getByRole('button', { name: 'Find' }).boundingBox()
    const home = await page.getByRole('link', { name: 'Go to the first page' }).boundingBox()
    expect((home?.y ?? 0) - (find?.y ?? 0) - (find?.height ?? 0)).toBeGreaterThan(8)
  }))

describe('the builder', () => {
  it('follows the form wherever its page is looked at', () =>
    visit('build/', async (page) => {
      await page.getByLabel('Include exports').check()
      await expect
        .poll(() => page.getByLabel('RSS address').inputValue())
        .toBe('https://news.example/tags/exports/rss.xml')
      expect(page.url()).toBe(`${address}build/?tag=exports`)
    }))

  it.each(['Enter', 'the button'])('leads to the terms that it found, by %s', (way) =>
    visit(
      'build/',
      async (page) => {
        const tags = page.locator('#page-choose-tag')
        await tags.getByRole('searchbox').fill('harbour 3')
        if (way === 'Enter') await page.keyboard.press('Enter')
        else await tags.getByRole('button', { name: 'Show others' }).click()
        await page.waitForURL(`${address}build/?tag-find=harbour+3#page-choose-tag`)
        const shown = await tags.locator('.choice').allInnerTexts()
        expect(shown.slice(0, 4)).toEqual(['harbour 3', 'harbour 30', 'harbour 31', 'harbour 32'])
        const { y = 0 } = (await tags.locator('.choice').first().boundingBox()) ?? {}
        expect(y).toBeGreaterThan(0)
        expect(y).toBeLessThan(300)
      },
      { reducedMotion: 'reduce' },
    ),
  )

  it('leads to the feed by the return key in other fields', () =>
    visit(
      'build/',
      async (page) => {
        await page.locator('summary', { hasText: 'Words' }).click()
        await page.getByRole('searchbox', { name: 'Words' }).fill('text')
        await page.keyboard.press('Enter')
        await page.waitForURL(`${address}build/?q=text#page-result`)
      },
      { javaScriptEnabled: false },
    ))

  it('says that it could not follow, and does when it can again', () =>
    visit('build/', async (page) => {
      const status = page.locator('.result').getByRole('status')
      await page.route('**/build/?*', (route) => route.fulfill({ status: 503 }))
      await page.getByLabel('Include exports').check()
      await expect.poll(() => status.innerText()).toMatch(/^This could not be brought up to date/)
      await page.unroute('**/build/?*')
      await page.getByLabel('Leave out exports').check()
      await expect.poll(() => status.innerText()).toMatch(/^\d articles match$/)
    }))

  it('hides nothing that has the focus behind its buttons', () =>
    visit(
      'build/',
      async (page) => {
        const { y: top = 0 } = (await page.locator('.go').boundingBox()) ?? {}
        for (let stop = 0; stop < 40; stop++) {
          await page.keyboard.press('Tab')
          const isButton = await page.evaluate('document.activeElement.closest(".go") !== null')
          if (isButton) break
          const bottom = await page.evaluate(
            'document.activeElement.getBoundingClientRect().bottom',
          )
          expect(bottom, `stop ${stop}`).toBeLessThanOrEqual(top)
        }
      },
      { reducedMotion: 'reduce' },
    ))

  it.each([
    { height: 800, isInSight: true },
    // A small window, or a page that is shown twice as large.
    { height: 400, isInSight: false },
  ])(
    'has its buttons in sight where they leave room for the form: $height pixels',
    ({ height, isInSight }) =>
      visit(
        'build/',
        async (page) => {
          const { y = 0 } = (await page.locator('.go').boundingBox()) ?? {}
          expect(y < height).toBe(isInSight)
        },
        { viewport: { width: 640, height } },
      ),
  )

  it('has what must match in one line with its words', () =>
    visit('build/', async (page) => {
      const [words = 0, choice = 0] = await page.evaluate<number[]>(`(() => {
          const row = document.querySelector('.match')
          const words = document.createRange()
          words.selectNode(row.firstChild)
          return [words, row.querySelector('label')].map((part) => {
            const { y, height } = part.getBoundingClientRect()
            return y + height / 2
          })
        })()`)
      expect(Math.abs(words - choice)).toBeLessThan(2)
    }))

  it('tells what is included from what is left out in forced colours, and what is chosen', () =>
    visit(
      'build/',
      async (page) => {
        const [include, exclude] = ['Include exports', 'Leave out exports'].map((name) =>
          page.locator('.pick', { has: page.getByLabel(name) }),
        ) as [Locator, Locator]
        const open = await include.screenshot()
        expect(open.equals(await exclude.screenshot())).toBe(false)
        await page.getByLabel('Include exports').check()
        await page.mouse.move(0, 0)
        expect(open.equals(await include.screenshot())).toBe(false)
      },
      { forcedColors: 'active' },
    ))

  it.each([true, false])(
    'is submitted to where it was loaded from, with scripts or without: %s',
    (javaScriptEnabled) =>
      visit(
        'build/',
        async (page) => {
          await page.getByLabel('Include exports').check()
          await page.getByRole('button', { name: 'Show the feed' }).click()
          await page.waitForURL(`${address}build/?tag=exports#page-result`)
        },
        { javaScriptEnabled },
      ),
  )
})

describe.each([320, 1280])('nothing is wider than a window of %i pixels', (width) => {
  it.each(['', 'find/', 'build/', 'articles/long', `tags/${LONG.toLowerCase()}/`])(
    'at /%s',
    (path) =>
      visit(
        path,
        async (page) => {
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
        },
        { viewport: { width, height: 700 } },
      ),
  )
})
