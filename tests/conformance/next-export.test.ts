// Whatever changes between two exports, the next one leaves the folder as a new one would have made it.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { run } from '../../src/commands/commands.ts'
import { remove } from '../quick/support/folder.ts'
import { apply, change, folderBefore } from './folder-changes.ts'

/** Sequences of changes; each of their exports is made twice, and asked for once more. */
const RUNS = 25

const WISHES = [
  [],
  ['--unpacked'],
  ['--unpacked', '--feeds-only'],
  ['--unpacked', '--formats', 'rss'],
  ['--unpacked', '--formats', 'atom,json'],
] as const

async function exportTo(content: string, out: string, wishes: readonly string[]) {
  const printed: string[] = []
  const said: string[] = []
  const args = ['export', '--content', content, '--out', out, '--state', `${out}-state`]
  const code = await run(
    [...args, '--url', 'https://harbour.example/', '--json', ...wishes],
    {},
    { print: (line) => void printed.push(line), error: (line) => void said.push(line) },
  )
  const isWrong = said.some((line) => line.includes(': error: '))
  expect(code, 'a record that is left out').toBe(isWrong ? 1 : 0)
  const { written, removed }: Record<string, string[]> = JSON.parse(printed.join(''))
  return { written, removed }
}

function contentsOf(folder: string): Record<string, string> {
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = all.filter((one) => one.isFile()).map((one) => path.join(one.parentPath, one.name))
  return Object.fromEntries(
    files.sort().map((file) => [path.relative(folder, file), readFileSync(file, 'latin1')]),
  )
}

it('the next export is as good as a new one, and one after it has nothing to do', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.array(change, { maxLength: 3 }), fc.constantFrom(...WISHES)), {
        minLength: 2,
        maxLength: 5,
      }),
      async (steps) => {
        const content = await folderBefore()
        const [out, anew] = [`${content}-out`, `${content}-anew`]
        for (const [changes, wishes] of steps) {
          for (const one of changes) await apply(content, one)
          await exportTo(content, out, wishes)
          await exportTo(content, anew, wishes)
          expect(contentsOf(out)).toEqual(contentsOf(anew))
          const nothing = { written: [], removed: [] }
          expect(await exportTo(content, out, wishes)).toEqual(nothing)
          for (const folder of [anew, `${anew}-state`]) remove(folder)
        }
        for (const folder of [content, out, `${out}-state`]) remove(folder)
      },
    ),
    { numRuns: RUNS },
  )
}, 600_000)
