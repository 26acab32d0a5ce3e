// A folder so large that threads read it, or make its words, is the same folder: nothing is lost, and nothing is said otherwise.
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { beforeAll, expect, it } from 'vitest'
import type * as Folder from '../../src/content/folder/folder.ts'
import type * as Memory from '../../src/content/folder/memory.ts'
import type * as Laid from '../../src/content/keeping/laid-words.ts'
import type * as Spool from '../../src/content/keeping/spool.ts'
import type * as Ahead from '../../src/content/threads/words-ahead.ts'
import { remove, SETTINGS, written } from '../quick/support/folder.ts'
import { png } from '../quick/support/pictures.ts'
import { build, STARTING } from './server.ts'

const FILES = 10_400

/** Of every thirteen files one shows a picture, one leads to another, one is wrong, and one is a draft. */
function textOf(number: number): string {
  const day = String((number % 28) + 1).padStart(2, '0')
  const more = number % 13 === 3 ? 'draft: true\n' : ''
  const date = number % 13 === 2 ? 'published: soon\n' : `published: 2026-03-${day}\n`
  const body =
    ['![The quay](/quay.png) ![Nothing](/ferry.png)', `[Before](${number - 1}.md)`][number % 13] ??
    '渡轮 *靠岸*。'
  return `---\nid: n${number}\ntitle: Ferry ${number}\n${date}tags: [t${number % 50}]\n${more}---\n${body}\n`
}

/** A file that takes nothing. */
const FULL = openSync('/dev/full', 'r+')
/** Where the program lies, put together. */
const BUNDLE = fileURLToPath(new URL('../../dist/', import.meta.url))

let root: string
beforeAll(async () => {
  await build()
  await promisify(execFile)('npm', ['run', '--silent', 'modules'], { cwd: join(BUNDLE, '..') })
  const files = Array.from({ length: FILES }, (_, number) => [
    `${number % 13}/${number}.md`,
    textOf(number),
  ])
  root = written({
    'site.yaml': 'title: T\nurl: https://a.example/\npermalink: /:year/:slug/\n',
    'quay.png': png(640, 480),
    'ferry.png': 'no picture',
    ...Object.fromEntries(files),
  })
  return () => remove(root)
}, STARTING)

/** A module as it was built: threads run nothing else. */
function built(name: string) {
  return import(new URL(`../modules/content/${name}.js`, import.meta.url).href)
}

function told({ articles }: Folder.Content) {
  return articles.map((article) => ({
    ...article,
    digest: undefined,
    html: article.html,
    text: article.text,
    summary: article.summary,
  }))
}

it('is read by threads as by one alone', { timeout: 240_000 }, async () => {
  const { readFolder }: typeof Folder = await built('folder/folder')
  const { emptyMemory }: typeof Memory = await built('folder/memory')
  const { createSpool }: typeof Spool = await built('keeping/spool')
  const alone = await readFolder(root, SETTINGS)
  const memory = emptyMemory(createSpool)
  const together = await readFolder(root, SETTINGS, memory)
  expect(alone.articles.length).toBe(FILES - FILES / 13)
  expect(told(together)).toEqual(told(alone))
  expect(together.problems).toEqual(alone.problems)
  expect([together.files, together.records]).toEqual([alone.files, alone.records])
  // What threads measured isn't measured again, and so no article made again.
  const { articles } = await readFolder(root, SETTINGS, memory)
  expect(articles.filter((one, at) => one !== together.articles[at])).toEqual([])
})

it('fails as one reading where there is no room for its words', { timeout: 300_000 }, async () => {
  const { readFolder }: typeof Folder = await built('folder/folder')
  const { emptyMemory }: typeof Memory = await built('folder/memory')
  const { createSpool }: typeof Spool = await built('keeping/spool')
  // Threads can't write to its file either.
  const full = () => {
    const spool = createSpool()
    const fail = () => {
      throw new Error('ENOSPC')
    }
    return { ...spool, append: fail, share: () => ({ ...spool.share(), file: FULL }) }
  }
  await expect(readFolder(root, SETTINGS, emptyMemory(full))).rejects.toThrow('ENOSPC')
})

it('has the words that it is asked for, made ahead by threads', { timeout: 300_000 }, async () => {
  const { readFolder }: typeof Folder = await built('folder/folder')
  const { emptyMemory }: typeof Memory = await built('folder/memory')
  const { createSpool }: typeof Spool = await built('keeping/spool')
  const { makeWordsAhead }: typeof Ahead = await built('threads/words-ahead')
  const memory = emptyMemory(createSpool)
  const content = await readFolder(root, SETTINGS, memory)
  // One that is asked for meanwhile is made once.
  const asked = content.articles[700]?.html
  const steps: number[] = []
  await makeWordsAhead(content.articles, (done, of) => steps.push(done / of))
  expect(steps.at(-1)).toBe(1)
  expect(steps.length).toBeGreaterThan(100)
  const size = memory.lying?.spool.size()
  expect(content.articles[700]?.html).toBe(asked)
  expect(told(content)).toEqual(told(await readFolder(root, SETTINGS)))
  expect(memory.lying?.spool.size(), 'nothing is made again').toBe(size)
})

it('has its threads where the program looks for them that is put together', async () => {
  const named = readdirSync(BUNDLE)
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => [
      ...readFileSync(join(BUNDLE, file), 'utf8').matchAll(
        /new URL\("([\w-]+\.js)", import\.meta\.url\)/g,
      ),
    ])
    .map(([, file = '']) => file)
  expect(named.sort()).toEqual(['crew-thread.js', 'words-thread.js'])
  const thread = new Worker(join(BUNDLE, 'words-thread.js'))
  thread.postMessage([
    [Buffer.from(`${JSON.stringify({ form: 'markdown' })}\n渡轮 *靠岸*。`), 'https://a.example/b'],
  ])
  const [[made]] = (await once(thread, 'message')) as [[Uint8Array]]
  await thread.terminate()
  const { readMade }: typeof Laid = await built('keeping/laid-words')
  expect(readMade(Buffer.from(made))).toEqual({
    html: '<p>渡轮 <em>靠岸</em>。</p>',
    text: '渡轮 靠岸。',
    summary: '渡轮 靠岸。',
  })
})
