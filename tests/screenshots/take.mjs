// Takes the README's pictures of the demonstration publication: `npm run screenshots`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'

const ROOT = path.join(import.meta.dirname, '../..')
const DESK = { viewport: { width: 1200, height: 860 }, locale: 'en-GB' }
const PHONE = { viewport: { width: 420, height: 860 }, locale: 'zh-CN' }
const PICTURES = [
  { name: 'home', at: '', as: DESK },
  { name: 'builder', at: 'build/?tag=exports%2Cport&tag=-c%2B%2B', as: DESK },
  { name: 'article', at: 'articles/city-run-results', as: DESK },
  { name: 'tag-on-a-phone', at: 'tags/exports/', as: { ...PHONE, colorScheme: 'dark' } },
  { name: 'found', at: 'find/?q=%E6%B8%AF', as: PHONE },
]

const state = mkdtempSync(path.join(tmpdir(), 'gazette-state-'))
const server = spawn(
  process.execPath,
  [path.join(ROOT, 'dist/main.js'), 'serve', '--port', '0', '--state', state],
  { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
)
const [line] = await once(createInterface(server.stdout), 'line')
const [address] = /http:\S+/.exec(line) ?? []
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
for (const { name, at, as } of PICTURES) {
  const context = await browser.newContext({ ...as, timezoneId: 'Asia/Shanghai' })
  const page = await context.newPage()
  await page.goto(address + at, { waitUntil: 'networkidle' })
  await page.screenshot({ path: path.join(import.meta.dirname, `${name}.png`) })
  await context.close()
}
await browser.close()
server.kill()
await once(server, 'exit')
rmSync(state, { recursive: true })
