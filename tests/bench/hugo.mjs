// Hugo making nothing but RSS of a made site: as it comes, each feed with all of its articles, and with as many as Gazette's.
import { rmSync } from 'node:fs'
import { madeFolder } from './made.mjs'
import { complete, isInstalled } from './programs.mjs'

const CUT = 'Hugo, feeds of 30'

/** The ways of making a site anew; none where there is no Hugo. */
export function waysOfHugo(site) {
  if (!isInstalled('hugo')) return {}
  return {
    Hugo: () => build(site, {}),
    [CUT]: () => build(site, { HUGO_SERVICES_RSS_LIMIT: '30' }),
  }
}

/** How many times faster than Hugo is the goal. */
export function thanHugo(times) {
  return { Hugo: times, [CUT]: times }
}

async function build(site, settings) {
  const out = madeFolder()
  const args = ['--quiet', '--source', site, '--destination', out, '--cacheDir', madeFolder()]
  const taken = await complete('hugo', args, { env: { ...process.env, ...settings } })
  rmSync(out, { recursive: true })
  return taken
}
