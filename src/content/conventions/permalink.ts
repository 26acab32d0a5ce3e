// Patterns of articles' addresses, as Gazette and each generator spell them, filled in for one article.
import { own } from '../../domain/own.ts'
import type { Generator } from './generator.ts'
import {
  type AddressSettings,
  FINISHES,
  OTHERS,
  type PermalinkFacts,
  PLACEHOLDERS,
} from './placeholders.ts'

/** What stands for a value in a pattern: a name that the generator knows, or what looks like one. */
const NAMED = {
  ...(Object.fromEntries(
    Object.entries(PLACEHOLDERS).map(([generator, tokens]) => {
      const names = Object.keys(tokens).sort((a, b) => b.length - a.length)
      return [generator, new RegExp(`:((?:${names.join('|')})(?![a-z])|[a-z_]+)`)]
    }),
  ) as Readonly<Record<keyof typeof PLACEHOLDERS, RegExp>>),
  // Their names end where no letter, digit or underscore follows.
  hexo: /:([a-z_]\w*)/i,
  hugo: /:(\w+(?:\[[^[\]]*\])?)/,
}

/** The path, from `/`, of an article's address, percent-encoded; or what a pattern asks for that can't be told. */
type Filled = { readonly path: string } | { readonly pattern: string; readonly lacks: string }

/** Fills a pattern in; nothing if none applies. */
export type Permalink = (facts: PermalinkFacts) => Filled | undefined

/** Of a pattern such as `/:year/:month/:slug/`. */
export function permalinkBy(
  pattern: string,
  generator: Generator | 'gazette',
  settings: AddressSettings = {},
): Permalink {
  const tokens = PLACEHOLDERS[generator]
  const [first = '', ...others] = pattern.split(NAMED[generator])
  const finish = FINISHES[generator]
  // A path that is finished as a whole is encoded after that.
  const encoded = finish === undefined ? encodeURIComponent : (text: string) => text
  return (facts) => {
    let path = first
    // A name, and the text behind it, in turns.
    for (let at = 0; at < others.length; at += 2) {
      const name = others[at] as string
      const token = own(tokens, name)
      const value = token ? token(facts, settings) : OTHERS[generator]?.(name, facts, settings)
      if (value === undefined) return { pattern, lacks: `:${name}` }
      const levels = typeof value === 'string' ? [value] : value
      path += levels.map(encoded).join('/') + others[at + 1]
    }
    const whole = finish === undefined ? path : encodedPath(finish(path, facts, settings))
    return { path: `/${whole}`.replace(/\/{2,}/g, '/') }
  }
}

/** Leaves unencoded what a path may hold (RFC 3986 §3.3): generators link `c++` so, and so do pages that lead there. */
function encodedPath(path: string): string {
  return encodeURI(path).replace(/[?#]/g, encodeURIComponent)
}
