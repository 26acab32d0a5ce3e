// What the terminal is shown of long work.
import { afterEach, expect, it, vi } from 'vitest'
import { TERMINAL } from '../../../src/commands/terminal.ts'

const { isTTY, columns } = process.stderr

afterEach(() => {
  vi.restoreAllMocks()
  Object.assign(process.stderr, { isTTY, columns })
})

function shown(text: string, terminal: object): string[] {
  const written: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((part) => written.push(String(part)) > 0)
  Object.assign(process.stderr, terminal)
  TERMINAL.status?.(text)
  return written
}

it.each([
  ['wide', 80, 'Reading ██░░ 5 of 10'],
  ['narrow', 12, 'Reading ██░'],
  ['of no known width', 0, 'Reading ██░░ 5 of 10'],
])('progress takes one line of a %s terminal', (_, columns, line) => {
  expect(shown('Reading ██░░ 5 of 10', { isTTY: true, columns })).toEqual([`\r\u001B[K${line}`])
})

it('progress is not shown in a pipe', () => {
  expect(shown('Reading', { isTTY: false })).toEqual([])
})
