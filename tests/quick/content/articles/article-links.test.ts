// Links from one article to another by its file: they lead to its address, and follow it when it moves.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readFolder } from '../../../../src/content/folder/folder.ts'
import { emptyMemory } from '../../../../src/content/folder/memory.ts'
import { folderOf, readFiles, SETTINGS } from '../../support/folder.ts'

const SITE = 'title: T\nurl: https://ferry.example/\npermalink: /:year/:slug/\n'

function record(body: string, fields = ''): string {
  return `---\ntitle: A\npublished: 2026-03-09T08:30:00Z\n${fields}---\n${body}\n`
}

async function hrefOf(
  reference: string,
  from = 'log/2026-03-09-a.md',
): Promise<string | undefined> {
  const { articles } = await readFiles({
    'site.yaml': SITE,
    [from]: record(`[other](${reference})`, 'id: a\n'),
    'log/2026-03-10-tide.md': record('Tide.', 'id: b\n'),
    'log/timetable/index.md': record('Times.', 'id: c\n'),
    'old/twin.md': record('One.', 'id: d\nslug: one\n'),
    'new/twin.md': record('Two.', 'id: e\nslug: two\n'),
  })
  const html = articles.find(({ id }) => id.endsWith(':a'))?.html ?? ''
  return /href="([^"]*)"/.exec(html)?.[1]
}

describe('a reference to the file of another article', () => {
  it.each([
    ['2026-03-10-tide.md', 'https://ferry.example/2026/tide/'],
    ['./2026-03-10-tide.md#low', 'https://ferry.example/2026/tide/#low'],
    ['/log/2026-03-10-tide.md', 'https://ferry.example/2026/tide/'],
    ['@/log/2026-03-10-tide.md', 'https://ferry.example/2026/tide/'],
    ['../new/twin.md', 'https://ferry.example/2026/two/'],
    ['timetable/index.md', 'https://ferry.example/2026/timetable/'],
    ['elsewhere/timetable/index.md', 'https://ferry.example/2026/timetable/'],
    ['timetable.md', 'https://ferry.example/2026/timetable/'],
    // By its name alone, as `ref` and `post_url` name it.
    ['elsewhere/2026-03-10-tide.md', 'https://ferry.example/2026/tide/'],
    // Which of two is meant nobody can tell.
    ['twin.md', 'https://ferry.example/2026/a/twin.md'],
    ['gone.md', 'https://ferry.example/2026/a/gone.md'],
    ['https://other.example/2026-03-10-tide.md', 'https://other.example/2026-03-10-tide.md'],
    ['//other.example/2026-03-10-tide.md', 'https://other.example/2026-03-10-tide.md'],
  ])('%s leads to %s', async (reference, expected) => {
    expect(await hrefOf(reference)).toBe(expected)
  })

  it.each([
    ['{{< ref "2026-03-10-tide.md" >}}'],
    ['{% post_url 2026-03-10-tide %}'],
    ['{% link log/2026-03-10-tide.md %}'],
    ['{{< relref "2026-03-10-tide" >}}'],
    ['{{< relref "../log/2026-03-10-tide" >}}'],
    ['{{< ref path="log/2026-03-10-tide" >}}'],
  ])('%s leads to the article', async (code) => {
    expect(await hrefOf(code)).toBe('https://ferry.example/2026/tide/')
  })

  it.each([
    ['{{< relref "timetable" >}}', 'timetable/'],
    ['{{< ref "/log/timetable/#noon" >}}', 'timetable/#noon'],
    ['{{< ref "new/twin" >}}', 'two/'],
    ['{{< ref "elsewhere/timetable" >}}', 'timetable/'],
    ['{{< ref "#noon" >}}', 'a/#noon'],
  ])('%s leads to %s', async (code, expected) => {
    expect(await hrefOf(code)).toBe(`https://ferry.example/2026/${expected}`)
  })

  it('leads to the article though its percent sign encodes nothing', async () => {
    const { articles } = await readFiles({
      'site.yaml': SITE,
      'a.md': record('<a href="90%-full.md#low">other</a>', 'id: a\n'),
      '90%-full.md': record('Full.', 'id: b\nslug: full\n'),
    })
    const html = articles.find(({ id }) => id.endsWith(':a'))?.html
    expect(html).toContain('href="https://ferry.example/2026/full/#low"')
  })

  it('is followed when that article moves, and its file alone is read again', async () => {
    const root = folderOf({
      'site.yaml': SITE,
      'a.md': record('[other](b.md)'),
      'b.md': record('B.', 'id: b\n'),
      'c.md': record('C.', 'id: c\n'),
    })
    const memory = emptyMemory()
    const first = await readFolder(root, SETTINGS, memory)
    await writeFile(path.join(root, 'b.md'), record('B.', 'id: b\nslug: moved\n'))
    const second = await readFolder(root, SETTINGS, memory)
    expect(second.articles[0]?.html).toContain('https://ferry.example/2026/moved/')
    expect(second.articles[2]).toBe(first.articles[2])
  })
})
