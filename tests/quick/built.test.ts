// What `npm start` and `npm run gazette` build first: nothing, where the program is newer than what it is built from.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'

const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
const PARTS = ['src/content/walk.ts', 'package.json', 'node_modules/.package-lock.json']
const EARLIER = new Date('2026-01-01T00:00:00Z')
const LATER = new Date('2026-01-02T00:00:00Z')

let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gazette-built-'))
  for (const part of PARTS) write(part, '')
  write('bin/npm', '#!/bin/sh\necho "$@"\n', 0o755)
  mkdirSync(path.join(folder, 'dist/assets'), { recursive: true })
  for (const part of [...PARTS, 'src', 'src/content']) date(part, EARLIER)
  date('dist/assets', LATER)
})

afterEach(() => rmSync(folder, { recursive: true }))

function write(part: string, text: string, mode = 0o644): void {
  const file = path.join(folder, part)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text, { mode })
}

function date(part: string, time: Date): void {
  utimesSync(path.join(folder, part), time, time)
}

/** What is asked of npm before a command runs. */
function asked(): string {
  const env = { ...process.env, PATH: `${path.join(folder, 'bin')}:${process.env.PATH}` }
  return execFileSync('sh', ['-c', scripts.built], { cwd: folder, env, encoding: 'utf8' }).trim()
}

it('a command beside a running server leaves the program as it is', () => {
  expect([scripts.prestart, scripts.pregazette]).toEqual(Array(2).fill('npm run --silent built'))
  expect(asked()).toBe('')
})

it.each([...PARTS, 'src/content'])('it is built anew where %s is newer', (part) => {
  date(part, new Date('2026-01-03T00:00:00Z'))
  expect(asked()).toBe('run --silent build')
})

it('it is built where it never was, or only in part', () => {
  rmSync(path.join(folder, 'dist/assets'), { recursive: true })
  expect(asked()).toBe('run --silent build')
})
