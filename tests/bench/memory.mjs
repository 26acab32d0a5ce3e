// How much memory and time a served file of many lines takes: `npm run bench:memory -- 1000000`.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  createWriteStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

const [count = 100_000] = process.argv.slice(2).map(Number)
const PROGRAM = path.join(import.meta.dirname, '../../dist/main.js')
const WORDS =
  'harbour ferry 码头 渡轮 market 夜市 council 议会 garden school bridge 天气 train 铁路'.split(' ')

/** Numbers from 0 to 1, the same in every run (mulberry32). */
let seed = 20261123
function random() {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

/** Few tags are on many articles, many on few. */
const tag = () => `tag ${Math.floor(2_000 ** random())}`
const words = (length) =>
  Array.from({ length }, () => WORDS[Math.floor(random() * WORDS.length)]).join(' ')

function lineOf(number) {
  const published = new Date(Date.UTC(2006, 0, 1) + number * 600_000).toISOString()
  return JSON.stringify({
    id: `urn:made:${number}`,
    title: words(6),
    published,
    section: `Section ${number % 12}/Part ${number % 7}`,
    tags: [tag(), tag(), tag()],
    authors: [`Author ${Math.floor(500 ** random())}`],
    summary: words(12),
  })
}

async function makeFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'gazette-bench-'))
  writeFileSync(path.join(folder, 'site.yaml'), 'title: Made\nurl: https://made.example/\n')
  const file = createWriteStream(path.join(folder, 'all.ndjson'))
  for (let number = 0; number < count; number++) {
    if (!file.write(`${lineOf(number)}\n`)) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
  return folder
}

/** MiB. */
function memoryOf(pid) {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const of = (name) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024)
  return { now: of('VmRSS'), most: of('VmHWM') }
}

const state = mkdtempSync(path.join(tmpdir(), 'gazette-state-'))
const folder = await makeFolder()
const bytes = statSync(path.join(folder, 'all.ndjson')).size
const began = performance.now()
const server = spawn(
  process.execPath,
  [PROGRAM, 'serve', '--port', '0', '--content', folder, '--state', state],
  { stdio: ['ignore', 'pipe', 'inherit'] },
)
const [line] = await once(createInterface(server.stdout), 'line')
const ready = performance.now() - began
const [address] = /http:\S+/.exec(line) ?? []
const took = []
for (let number = 1; number <= 200; number++) {
  const asked = performance.now()
  const answer = await fetch(`${address}rss.xml?tag=tag-${number}&tag=-tag-1&category=section-3`)
  await answer.arrayBuffer()
  if (answer.status === 200) took.push(performance.now() - asked)
}
took.sort((a, b) => a - b)
const { now, most } = memoryOf(server.pid)
console.log(
  [
    `${count} records of ${(bytes / count).toFixed(0)} bytes`,
    `ready after ${(ready / 1000).toFixed(1)} s, ${((ready * 1000) / count).toFixed(0)} µs each`,
    `${now} MiB resident, ${most} MiB at most`,
    `a feed never asked for before: ${took[took.length >> 1]?.toFixed(1)} ms in the middle, ${took.at(-1)?.toFixed(1)} ms at most (${took.length} feeds)`,
  ].join('\n'),
)
server.kill()
await once(server, 'exit')
for (const made of [folder, state]) rmSync(made, { recursive: true })
