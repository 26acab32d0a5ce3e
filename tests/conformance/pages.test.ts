// The pages as people use them: in Chromium, in two languages, with and without scripts, on a desk and on a phone.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launch, openReader } from './browser.ts'
import { type Server, STARTING, serve } from './server.ts'

let server: Server
let browser: Browser

beforeAll(async () => {
  // Browsers trust an address of their own machine as one with TLS.
  server = await serve({ url: null })
  browser = await launch()
}, STARTING)

afterAll(async () => {
  await browser.close()
  await server.stop()
})

/** As a browser that is led to an address; `fetch` has its own mind on headers. */
async function ask(path: string, headers: Record<string, string> = {}) {
  const request = get(server.address + path, { headers })
  const [answer] = (await once(request, 'response')) as [IncomingMessage]
  return { headers: answer.headers, body: await buffer(answer) }
}

interface Item {
  title: string
  url: string
}
async function itemsAt(url: string): Promise<Item[]> {
  const answer = await fetch(url)
  return ((await answer.json()) as { items: Item[] }).items
}

const PEOPLE = [
  { locale: 'en-GB', width: 1280, hasScripts: true },
  { locale: 'en-GB', width: 390, hasScripts: false },
  { locale: 'zh-CN', width: 1280, hasScripts: false },
  { locale: 'zh-CN', width: 390, hasScripts: true },
] as const
type Person = (typeof PEOPLE)[number]

/** What the pages say to them. */
const WORDS = {
  'en-GB': {
    find: 'Find a tag, section or author',
    go: 'Find',
    build: 'Build a feed',
    include: (term: string) => `Include ${term}`,
    exclude: (term: string) => `Leave out ${term}`,
    any: 'any of those chosen',
    show: 'Show the feed',
    copy: 'Copy: JSON Feed',
    copied: 'Copied',
    address: 'JSON Feed address',
    matching: (count: number) => (count === 1 ? '1 article matches' : `${count} articles match`),
    full: 'Full text',
  },
  'zh-CN': {
    find: '查找标签、栏目或作者',
    go: '查找',
    build: '定制订阅',
    include: (term: string) => `收录：${term}`,
    exclude: (term: string) => `排除：${term}`,
    any: '符合任意一项',
    show: '查看结果',
    copy: '复制: JSON Feed',
    copied: '已复制',
    address: 'JSON Feed 地址',
    matching: (count: number) => `共有 ${count} 篇文章符合条件`,
    full: '展开全文',
  },
} as const

function sitDown({ locale, width, hasScripts }: Person) {
  return openReader(browser, server.address, {
    locale,
    viewport: { width, height: 800 },
    javaScriptEnabled: hasScripts,
    isMobile: width < 600,
    permissions: ['clipboard-read', 'clipboard-write'],
  })
}

/** The titles of a page's entries, as they are seen. */
const titlesOn = (page: Page) => page.locator('.entries h3').allInnerTexts()
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

describe.each(PEOPLE)('a reader in $locale, $width pixels wide, scripts: $hasScripts', (person) => {
  const words = WORDS[person.locale]

  it('finds a tag’s feed from the first page, and sees there what the feed has', async () => {
    const { page, leave } = await sitDown(person)
    await page.goto(server.address)
    await page.getByLabel(words.find).fill('export')
    await page.getByRole('button', { name: words.go, exact: true }).click()
    await page.getByRole('link', { name: 'Exports', exact: true }).click()
    expect(page.url()).toBe(`${server.address}tags/exports/`)
    const address = await page.getByLabel(words.address).inputValue()
    const items = await itemsAt(address)
    expect(items.length).toBeGreaterThan(2)
    expect((await titlesOn(page)).map(oneLine)).toEqual(items.map(({ title }) => title))
    await leave()
  })

  it('builds a feed of two tags and without a third, takes its address, and is given just that', async () => {
    const { page, leave } = await sitDown(person)
    await page.goto(server.address)
    await page.getByRole('navigation').getByRole('link', { name: words.build }).click()
    await page.getByLabel(words.any).first().check()
    for (const term of ['港口', 'Exports']) await page.getByLabel(words.include(term)).check()
    await page.getByLabel(words.exclude('R&D')).check()
    if (!person.hasScripts) await page.getByRole('button', { name: words.show }).click()
    await page.waitForURL(/tag=-r%26d/)
    const wanted = `${server.address}feed.json?tag=exports,%E6%B8%AF%E5%8F%A3&tag=-r%26d`
    const address = page.getByLabel(words.address)
    await expect.poll(() => address.inputValue()).toBe(await canonical(wanted))
    const copied = person.hasScripts ? await copy(page, words) : await address.inputValue()
    const items = await itemsAt(copied)
    expect(items.length).toBeGreaterThan(5)
    expect(await page.getByRole('status').innerText()).toBe(words.matching(items.length))
    expect((await titlesOn(page)).map(oneLine)).toEqual(items.slice(0, 5).map(({ title }) => title))
    // The form is its address: whoever is sent it sees the same.
    await page.goto(page.url())
    await expect(page.getByLabel(words.include('Exports')).isChecked()).resolves.toBe(true)
    await expect(page.getByLabel(words.exclude('R&D')).isChecked()).resolves.toBe(true)
    // Opened in the browser it is a page, of the same entries.
    await page.goto(copied)
    expect((await titlesOn(page)).map(oneLine)).toEqual(items.map(({ title }) => title))
    await leave()
  })

  it('reads the full text of an entry, in place or on its page', async () => {
    const { page, leave } = await sitDown(person)
    await page.goto(`${server.address}tags/exports/`)
    const [newest] = await itemsAt(`${server.address}tags/exports/feed.json`)
    const more = page.getByRole(person.hasScripts ? 'button' : 'link', { name: words.full }).first()
    await more.click()
    await page.locator('.body').first().waitFor()
    expect(page.url()).toBe(person.hasScripts ? `${server.address}tags/exports/` : newest?.url)
    expect(await page.locator('.body p').count()).toBeGreaterThan(1)
    if (person.hasScripts) {
      expect(await more.getAttribute('aria-expanded')).toBe('true')
      await more.click()
      await page.locator('.body').first().waitFor({ state: 'hidden' })
    }
    await leave()
  })

  it('never has to scroll sideways', async () => {
    const { page, leave } = await sitDown(person)
    for (const { path } of KINDS) {
      await page.goto(server.address + path)
      const box = await page.locator('body').boundingBox()
      expect(box?.width, path).toBeLessThanOrEqual(person.width)
      expect((await page.screenshot({ fullPage: true })).readUInt32BE(16), path).toBe(person.width)
    }
    await leave()
  })
})

/** Where a feed's address leads that isn't the canonical one. */
async function canonical(url: string): Promise<string> {
  const answer = await fetch(url, { redirect: 'manual' })
  return answer.headers.get('location') ?? url
}

async function copy(page: Page, words: { copy: string; copied: string }): Promise<string> {
  await page.getByRole('button', { name: words.copy }).click()
  const told = page.getByRole('button', { name: words.copied, exact: true })
  await expect.poll(() => told.allInnerTexts()).toEqual([words.copied])
  return page.evaluate('navigator.clipboard.readText()')
}

/** One of each kind of page. */
const KINDS = [
  { kind: 'the first page', path: '' },
  { kind: 'a tag’s', path: 'tags/exports/' },
  { kind: 'a section’s', path: 'categories/%E6%96%B0%E9%97%BB/' },
  { kind: 'an author’s', path: 'authors/photo-desk/' },
  { kind: 'a named feed’s', path: 'feeds/port-and-trade/' },
  { kind: 'a filter’s, its second page', path: '?limit=20&page=2' },
  { kind: 'an empty feed’s', path: '?tag=exports&tag=-exports' },
  { kind: 'a document’s, for browsers', path: 'tags/exports/atom.xml' },
  { kind: 'the list of terms', path: 'find/' },
  { kind: 'what was found', path: 'find/?q=%E6%B8%AF' },
  { kind: 'the builder', path: 'build/' },
  { kind: 'the builder with choices', path: 'build/?tag=exports%2Cport&tag=-c%2B%2B' },
  { kind: 'an article with pictures', path: 'articles/city-run-results' },
  { kind: 'an article with a table', path: 'articles/exports-first-half' },
  { kind: 'a problem', path: 'tags/exprots/' },
]

describe('axe finds nothing to mend (WCAG 2.2 AA)', () => {
  it.each(
    (['light', 'dark'] as const).flatMap((colorScheme) =>
      [1280, 390].map((width) => ({ colorScheme, width })),
    ),
  )(
    'in $colorScheme colours, $width pixels wide',
    async ({ colorScheme, width }) => {
      const { source } = await import('axe-core').then((module) => module.default)
      const { page, leave } = await openReader(browser, server.address, {
        colorScheme,
        viewport: { width, height: 800 },
        locale: width < 600 ? 'zh-CN' : 'en-GB',
      })
      const found: Record<string, unknown> = {}
      for (const { kind, path } of KINDS) {
        await page.goto(server.address + path)
        await page.evaluate(source)
        const { violations, passes } = await page.evaluate<AxeResults>(
          `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`,
        )
        expect(passes.length, kind).toBeGreaterThan(15)
        if (violations.length === 0) continue
        found[kind] = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])
      }
      expect(found).toEqual({})
      await leave()
    },
    300_000,
  )
})

interface AxeResults {
  passes: unknown[]
  violations: { id: string; nodes: { html: string }[] }[]
}

describe('HTML is valid', () => {
  it.each(KINDS)('of $kind', async ({ path }) => {
    const { HtmlValidate } = await import('html-validate')
    const validator = new HtmlValidate({
      extends: ['html-validate:standard', 'html-validate:a11y'],
      rules: {
        // A matter of taste: Hono writes `<br/>`, and attributes without quotes nowhere.
        'void-style': 'off',
        'attribute-boolean-style': 'off',
        'no-trailing-whitespace': 'off',
        'long-title': 'off',
        // Names of terms and titles of articles are what they are.
        'no-inline-style': 'error',
      },
    })
    const { body } = await ask(path, { accept: 'text/html', 'sec-fetch-mode': 'navigate' })
    const report = await validator.validateString(body.toString())
    expect(
      report.results.flatMap(({ messages }) =>
        messages.map(
          ({ ruleId, message, line, column }) => `${line}:${column} ${ruleId}: ${message}`,
        ),
      ),
    ).toEqual([])
  })
})

describe('a page comes quickly and stands still', () => {
  it.each(KINDS)('$kind weighs less than 60 kB without its pictures', async ({ path }) => {
    const paths = [path, 'assets/style.css', 'assets/page.js']
    const sizes = await Promise.all(paths.map(weightOf))
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(60_000)
  })

  it.each([390, 1280])('nothing moves when pictures arrive late, %i pixels wide', async (width) => {
    const { page, leave } = await openReader(browser, server.address, {
      viewport: { width, height: 800 },
      locale: 'en-GB',
    })
    await page.route('**/media/**', async (route) => {
      await page.waitForTimeout(300)
      await route.continue()
    })
    for (const path of ['', 'categories/%E6%96%B0%E9%97%BB/', 'articles/city-run-results']) {
      await page.goto(server.address + path, { waitUntil: 'networkidle' })
      const shift = await page.evaluate<number>(`new Promise((resolve) => {
          let sum = 0
          new PerformanceObserver((list) => {
            for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) sum += value
          }).observe({ type: 'layout-shift', buffered: true })
          setTimeout(() => resolve(sum), 200)
        })`)
      // Web Vitals call a tenth good; times are in the reader’s zone and way before they are shown.
      expect(shift, path).toBeLessThan(0.001)
    }
    await leave()
  })
})

/** Bytes on the wire, as browsers ask. */
async function weightOf(path: string): Promise<number> {
  const { body } = await ask(path, {
    accept: 'text/html,*/*;q=0.8',
    'accept-encoding': 'gzip',
    'sec-fetch-mode': 'navigate',
  })
  return body.length
}

it('the QR code of a feed is read as its address', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gazette-qr-'))
  const { page, leave } = await openReader(browser, server.address, { deviceScaleFactor: 2 })
  try {
    for (const path of ['tags/exports/', 'categories/%E8%B4%A2%E7%BB%8F/%E6%B6%88%E8%B4%B9/']) {
      await page.goto(server.address + path)
      await writeFile(join(folder, 'qr.png'), await page.locator('svg.qr').screenshot())
      const { stdout } = await promisify(execFile)('zbarimg', [
        '--quiet',
        '--raw',
        join(folder, 'qr.png'),
      ])
      expect(stdout.trim()).toBe(`${server.address}${path}rss.xml`)
    }
  } finally {
    await leave()
    await rm(folder, { recursive: true })
  }
})

describe('with the keyboard alone', () => {
  it('the first stop leads past the masthead, and each stop is seen', async () => {
    const { page, leave } = await openReader(browser, server.address, { locale: 'en-GB' })
    await page.goto(`${server.address}tags/exports/`)
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').innerText()).toBe('Skip to the content')
    await page.keyboard.press('Enter')
    expect(new URL(page.url()).hash).toBe('#page-main')
    for (let stop = 0; stop < 12; stop++) {
      await page.keyboard.press('Tab')
      const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')
      expect(outline, `stop ${stop}`).toBe('solid')
    }
    await leave()
  })

  it('a feed can be built', async () => {
    const { page, leave } = await openReader(browser, server.address, { locale: 'en-GB' })
    await page.goto(`${server.address}build/`)
    // Screen readers tell what changes in a status that was there, not of one that is put in its place.
    await page.evaluate("window.told = document.querySelector('[role=status]')")
    await page.getByLabel('Include Exports').focus()
    await page.keyboard.press('Space')
    await page.waitForURL(/tag=exports/)
    await expect
      .poll(() => page.getByLabel('RSS address').inputValue())
      .toBe(`${server.address}tags/exports/rss.xml`)
    const items = await itemsAt(`${server.address}tags/exports/feed.json`)
    const told = await page.evaluate('window.told.isConnected && window.told.textContent')
    expect(told).toBe(`${items.length} articles match`)
    await leave()
  })

  it.each([
    ['before its feed comes', false],
    ['once its feed has come', true],
  ])('whoever leaves a choice %s finds it when coming back', async (_, comes) => {
    const { page, leave } = await openReader(browser, server.address, { locale: 'en-GB' })
    await page.goto(`${server.address}build/`)
    if (!comes) await page.route('**/build/?*', (route) => route.abort())
    await page.getByLabel('Include Exports').focus()
    await page.keyboard.press('Space')
    if (comes) await page.waitForURL(/tag=exports$/)
    await page.goto(server.address)
    await page.unroute('**/build/?*')
    await page.goBack()
    await expect(page.getByLabel('Include Exports').isChecked()).resolves.toBe(true)
    await expect
      .poll(() => page.getByLabel('RSS address').inputValue())
      .toBe(`${server.address}tags/exports/rss.xml`)
    await leave()
  })
})
