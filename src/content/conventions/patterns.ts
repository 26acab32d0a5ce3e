// The patterns of articles' addresses that a site's configuration says, and those that generators have without one.
import { own } from '../../domain/own.ts'
import type { Generator } from './generator.ts'
import { mapAt, stringAt, type Values, valueAt } from './maps.ts'
import type { AddressSettings } from './placeholders.ts'

/** Addresses of articles where the configuration doesn't say; Astro's are made by a program. */
const USUAL_PERMALINKS: Readonly<Record<Generator, string | undefined>> = {
  hugo: '/:path/',
  hexo: '/:year/:month/:day/:title/',
  jekyll: '/:categories/:year/:month/:day/:title:output_ext',
  zola: '/:sections/:slug/',
  eleventy: '/:path/',
  astro: undefined,
}

const JEKYLL_STYLES: Readonly<Record<string, string>> = {
  date: '/:categories/:year/:month/:day/:title:output_ext',
  ordinal: '/:categories/:year/:y_day/:title:output_ext',
  pretty: '/:categories/:year/:month/:day/:title/',
  none: '/:categories/:title:output_ext',
}

/** By the outermost folder of an article; under `''` that of all others. */
export function permalinksOf(generator: Generator, said: Values): Record<string, string> {
  const usual = USUAL_PERMALINKS[generator]
  const patterns: Record<string, string> = usual === undefined ? {} : { '': usual }
  if (generator === 'hexo' || generator === 'jekyll') {
    const ofPosts =
      generator === 'jekyll' ? stringAt(said, 'collections.posts.permalink') : undefined
    const given = ofPosts ?? said.permalink
    if (typeof given !== 'string' || given === '') return patterns
    return { '': generator === 'jekyll' ? jekyllPattern(given) : given }
  }
  if (generator !== 'hugo') return patterns
  const given = mapAt(said, 'permalinks')
  for (const [section, pattern] of Object.entries({ ...given, ...mapAt(given, 'page') }))
    if (typeof pattern === 'string') patterns[section] = pattern
  return patterns
}

/** Jekyll has names for some patterns. */
export function jekyllPattern(given: string): string {
  return own(JEKYLL_STYLES, given) ?? given
}

/** What else addresses depend on. */
export function addressSettingsOf(generator: Generator, said: Values): AddressSettings {
  switch (generator) {
    case 'hexo':
      return hexoSettings(said)
    case 'hugo':
      return hugoSettings(said)
    case 'zola': {
      const slugify = valueAt(said, 'slugify.paths')
      return slugify === 'off' || slugify === 'safe' ? { slugify } : {}
    }
    default:
      return {}
  }
}

function hexoSettings(said: Values): AddressSettings {
  const newPostName = stringAt(said, 'new_post_name')
  const category = stringAt(said, 'default_category')
  const given = Object.entries(mapAt(said, 'permalink_defaults')).map(
    ([name, value]) => [name, String(value)] as const,
  )
  return {
    newPostName,
    defaults: { ...Object.fromEntries(given), ...(category === undefined ? {} : { category }) },
  }
}

function hugoSettings(said: Values): AddressSettings {
  const ugly = Object.entries(mapAt(said, 'uglyURLs')).filter(([, isUgly]) => isUgly === true)
  return {
    isUgly: valueAt(said, 'uglyURLs') === true || ugly.map(([section]) => section),
    keepsCapitals: valueAt(said, 'disablePathToLower') === true,
    losesAccents: valueAt(said, 'removePathAccents') === true,
  }
}
