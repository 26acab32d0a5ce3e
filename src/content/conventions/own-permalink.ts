// The pattern of its own address that a record gives: in Jekyll one with placeholders, in Eleventy a template.
import { own } from '../../domain/own.ts'
import { remembered } from '../../domain/remembered.ts'
import type { Generator } from './generator.ts'
import type { Values } from './maps.ts'
import { jekyllPattern } from './patterns.ts'
import { type Permalink, permalinkBy } from './permalink.ts'
import type { PermalinkFacts } from './placeholders.ts'
import { withoutDiacritics } from './spelling.ts'

/** Nothing if its `permalink` is an address, or there is none. */
export function ownPermalink(
  written: Values,
  generator: Generator | undefined,
): Permalink | undefined {
  const { permalink } = written
  if (typeof permalink !== 'string') return undefined
  if (generator === 'eleventy' && permalink.includes('{')) return permalinkByTemplate(permalink)
  return generator === 'jekyll' ? permalinkByPlaceholders(permalink) : undefined
}

const permalinkByPlaceholders = remembered(100, (given) => {
  const pattern = jekyllPattern(given)
  return /(^|\/):\w/.test(pattern) ? permalinkBy(pattern, 'jekyll') : undefined
})

/**
 * Of a template such as `blog/{{ page.fileSlug }}/`. It may hold fields of the record and of its file, as they are or
 * through `slugify`; anything else needs the generator.
 */
const permalinkByTemplate = remembered(100, (pattern): Permalink => {
  const [first = '', ...others] = pattern.split(/(\{\{[^{}]*\}\}|\{[{%])/)
  return (facts) => {
    let path = first
    for (let at = 0; at < others.length; at += 2) {
      const code = others[at] as string
      const value = filledFrom(code, facts)
      if (value === undefined) return { pattern, lacks: code }
      path += value.split('/').map(encodeURIComponent).join('/') + others[at + 1]
    }
    return { path: `/${path}`.replace(/\/{2,}/g, '/').replace(/\/index\.html$/, '/') }
  }
})

/** Of `{{ title | slugify }}`; whitespace may be cut at both ends, `{{-`. */
function filledFrom(code: string, facts: PermalinkFacts): string | undefined {
  const [name = '', filter, ...others] = code
    .slice(2, -2)
    .replace(/^-|-$/g, '')
    .split('|')
    .map((part) => part.trim())
  const value = own(FILE_FACTS, name)?.(facts) ?? facts.field(name)
  if (value === undefined || others.length > 0) return undefined
  if (filter === undefined) return value
  return filter === 'slugify' ? slugified(value) : undefined
}

const FILE_FACTS: Readonly<Record<string, (facts: PermalinkFacts) => string>> = {
  'page.fileSlug': ({ name }) => name,
  'page.filePathStem': ({ levels, name }) => {
    const [last, ...folders] = levels().toReversed()
    return `/${[...folders.toReversed(), last === 'index' ? last : name].join('/')}`
  },
}

/** As Eleventy's `slugify` spells Latin letters; nothing of a text with others, which it transliterates. */
function slugified(text: string): string | undefined {
  const latin = withoutDiacritics(
    text.replace(/[äöüÄÖÜ]/g, (letter) => `${letter}e`).replaceAll('ß', 'ss'),
  )
  if (/[^\p{ASCII}]/u.test(latin.replace(/[^\p{L}\p{N}]/gu, ''))) return undefined
  return latin
    .replace(/(?<=[a-z\d])['’](?=[ts](?:\s|$))/gi, '')
    .replaceAll('&', ' and ')
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-|-$/g, '')
}
