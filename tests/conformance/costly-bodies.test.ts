// Bodies that try to exhaust whoever reads them cost bounded time; too slow, all together, for the quick suite.
import { describe, expect, it } from 'vitest'
import { withoutMdx } from '../../src/content/conventions/mdx.ts'
import { withoutTemplateCode } from '../../src/content/conventions/template-code.ts'
import { htmlOrRefused } from '../quick/support/bodies.ts'
import { inBoundedTime } from '../quick/support/bounded-time.ts'
import { leftovers } from '../quick/support/leftovers.ts'
import { MONSTROUS } from './monstrous-bodies.ts'

const SITE = { base: 'https://ferry.example/log/', siteTitle: 'Ferry', title: 'Night boat' }

describe('a monstrous body costs bounded time, and as much of it as is kept is harmless', () => {
  it.each(Object.entries(MONSTROUS))('%s', async (name, make) => {
    const source = make()
    const form = name.startsWith('Markdown') ? 'markdown' : 'html'
    const html = await inBoundedTime(() => htmlOrRefused(source, form))
    expect(html.length).toBeLessThan(10_000_000)
    expect(leftovers(html.slice(0, html.lastIndexOf('<', 20_000) + 1))).toEqual([])
  })
})

describe('half a megabyte of template code costs bounded time', () => {
  it.each([
    ...['{{', '{%', '{% raw %}', '{{ a }}', '`{{ a }}`', '<pre>{{', '{{<', '`'],
    ...['{% include a= %}', '{% label @a %}', '{% btn a, %}'],
  ])('%s', async (sign) => {
    const source = sign.repeat(500_000 / sign.length)
    const rendered = await inBoundedTime(() =>
      withoutTemplateCode({ form: 'markdown', source }, 'jekyll', SITE),
    )
    expect(rendered.body.source.length).toBeLessThan(600_000)
  })

  it.each(['{', '}', '<A ', '{<A>', 'import a\n', '</>', '$', '$a', '$$ ', '$a{', '{$a'])(
    '%j in MDX',
    async (sign) => {
      const source = sign.repeat(500_000 / sign.length)
      const rendered = await inBoundedTime(() => withoutMdx({ form: 'markdown', source }, SITE))
      expect(rendered.body.source.length).toBeLessThan(600_000)
    },
  )
})
