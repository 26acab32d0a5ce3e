// Bodies that try to exhaust whoever reads them cost bounded time; too slow, all together, for the quick suite.
import { describe, expect, it } from 'vitest'
import type { BodySource } from '../../src/content/bodies/body.ts'
import { UnfitBody } from '../../src/content/bodies/tree.ts'
import { withoutMdx } from '../../src/content/conventions/mdx.ts'
import { withoutTemplateCode } from '../../src/content/conventions/template-code.ts'
import { htmlOf } from '../quick/support/bodies.ts'
import { leftovers } from '../quick/support/leftovers.ts'
import { MONSTROUS } from './monstrous-bodies.ts'

/** Milliseconds of a processor for one body, some five times what the dearest takes. */
const PATIENCE = 4_000
const SITE = { base: 'https://ferry.example/log/', siteTitle: 'Ferry', title: 'Night boat' }

describe('a monstrous body costs bounded time, and as much of it as is kept is harmless', () => {
  it.each(MONSTROUS)('%s', { timeout: 60_000 }, (name, make) => {
    const source = make()
    const html = inTime(() => orRefused(source, name.startsWith('Markdown') ? 'markdown' : 'html'))
    expect(html.length).toBeLessThan(10_000_000)
    expect(leftovers(html.slice(0, html.lastIndexOf('<', 20_000) + 1))).toEqual([])
  })
})

describe('half a megabyte of template code costs bounded time', () => {
  it.each([
    '{{',
    '{%',
    '{% raw %}',
    '{{ a }}',
    '`{{ a }}`',
    '<pre>{{',
    '{{<',
    '`',
    '{% include a= %}',
    '{% label @a %}',
    '{% btn a, %}',
  ])('%s', (sign) => {
    const source = sign.repeat(500_000 / sign.length)
    const rendered = inTime(() => withoutTemplateCode({ form: 'markdown', source }, 'jekyll', SITE))
    expect(rendered.body.source.length).toBeLessThan(600_000)
  })

  it.each(['{', '}', '<A ', '{<A>', 'import a\n', '</>', '$', '$a', '$$ ', '$a{', '{$a'])(
    '%j in MDX',
    (sign) => {
      const source = sign.repeat(500_000 / sign.length)
      const rendered = inTime(() => withoutMdx({ form: 'markdown', source }, SITE))
      expect(rendered.body.source.length).toBeLessThan(600_000)
    },
  )
})

function inTime<T>(work: () => T): T {
  const start = process.cpuUsage()
  const result = work()
  expect(process.cpuUsage(start).user / 1_000).toBeLessThan(PATIENCE)
  return result
}

function orRefused(source: string, form: BodySource['form']): string {
  try {
    return htmlOf(source, form)
  } catch (error) {
    expect(error).toBeInstanceOf(UnfitBody)
    return ''
  }
}
