// A real browser that is watched: what ran in a page, what it asked for, and which rule of its policy it broke.
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { expect } from 'vitest'

/** Where Debian has it. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** What a page did that no article should. */
interface Misdeeds {
  /** A dialog that opened, an error of a script, a navigation away: something ran. */
  readonly ran: string[]
  /** Addresses of other hosts that it asked for, but for what it shows: pictures, sound and films. */
  readonly asked: string[]
  /** What its Content-Security-Policy had to stop. */
  readonly violations: string[]
}

export interface WatchedBrowser {
  /**
   * Opens a page of the host and says what came of it.
   * @param inside run in the page once it is there.
   */
  readonly open: <Result>(address: string, inside: () => Result) => Promise<[Misdeeds, Result]>
  readonly close: () => Promise<void>
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
}

/** A browser of one person: what they prefer, and the page before them. */
interface Reader {
  readonly page: Page
  /** Closes it; nothing happened there that shouldn't. */
  readonly leave: () => Promise<void>
}

/** What a page does that does nothing wrong. */
export const NOTHING: Misdeeds = { ran: [], asked: [], violations: [] }

/** @param home the server's address, the only one that pages may ask for more than pictures and sound. */
export async function openReader(
  browser: Browser,
  home: string,
  options: BrowserContextOptions = {},
): Promise<Reader> {
  const context = await browser.newContext({ serviceWorkers: 'block', ...options })
  context.setDefaultTimeout(PATIENCE)
  const page = await context.newPage()
  const misdeeds: Misdeeds = { ran: [], asked: [], violations: [] }
  watch(page, () => misdeeds)
  page.on('request', (request) => {
    const isShown = /^(image|media)$/.test(request.resourceType())
    if (!isShown && !request.url().startsWith(home)) misdeeds.asked.push(request.url())
  })
  const leave = async () => {
    await context.close()
    expect(misdeeds).toEqual(NOTHING)
  }
  return { page, leave }
}

/**
 * @param host the origin of the pages.
 * @param answer what stands at an address of the host. Other hosts are never reached.
 */
export async function watchBrowser(
  host: string,
  answer: (path: string) => Promise<Response>,
): Promise<WatchedBrowser> {
  const browser = await launch()
  const context = await browser.newContext({ serviceWorkers: 'block' })
  const page = await context.newPage()
  let misdeeds: Misdeeds = { ran: [], asked: [], violations: [] }
  watch(page, () => misdeeds)
  await context.route('**', async (route) => {
    const request = route.request()
    if (new URL(request.url()).origin !== host) {
      if (!/^(image|media)$/.test(request.resourceType())) misdeeds.asked.push(request.url())
      return route.abort()
    }
    const response = await answer(request.url().slice(host.length))
    return route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    })
  })
  return {
    async open(address, inside) {
      misdeeds = { ran: [], asked: [], violations: [] }
      await page.goto(address, { waitUntil: 'load' })
      const result = await page.evaluate(inside)
      // Handlers of pictures that fail, animations and timers come a little later.
      await page.waitForTimeout(SETTLING)
      const there = page.url()
      if (there.replace(/#.*$/, '') !== address) misdeeds.ran.push(`navigation to ${there}`)
      return [misdeeds, result]
    },
    close: () => browser.close(),
  }
}

/** Milliseconds. */
const SETTLING = 30
const PATIENCE = 10_000

function watch(page: Page, misdeeds: () => Misdeeds): void {
  page.on('dialog', async (dialog) => {
    misdeeds().ran.push(`dialog ${dialog.message()}`)
    await dialog.dismiss().catch(() => undefined)
  })
  page.on('pageerror', (error) => misdeeds().ran.push(error.message))
  page.on('popup', (popup) => misdeeds().ran.push(`window ${popup.url()}`))
  page.on('console', (message) => {
    if (/Content.Security.Policy/i.test(message.text())) misdeeds().violations.push(message.text())
  })
}
