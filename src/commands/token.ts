// `gazette token FEED`: makes an address of a private feed, which is kept nowhere, and the line of `site.yaml` that admits it.
import path from 'node:path'
import { readFolder } from '../content/folder/folder.ts'
import { printProblem } from '../content/problem.ts'
import { SITE_FILE } from '../content/site/site.ts'
import { addressOfNamed, DEFAULT_ENTRIES, FEED_FORMATS, urlsOf } from '../domain/address.ts'
import { isAddressable, slug } from '../domain/category.ts'
import { EVERYTHING } from '../domain/filter.ts'
import { isPrivate, type NamedFeed } from '../domain/named-feed.ts'
import type { Publication } from '../domain/publication.ts'
import { hashOf, mintSecret } from '../publishing/tokens.ts'
import { siteSettings, UsageError, type Values } from './options.ts'
import type { Terminal } from './terminal.ts'

/** Resolves with the exit code: 0, or 1 where `site.yaml` is wrong. */
export async function token(
  values: Values,
  terminal: Terminal,
  operands: readonly string[],
): Promise<number> {
  const [written = '', ...more] = operands
  const name = slug(written)
  if (more.length > 0 || !isAddressable(name))
    throw new UsageError(`Name one feed, such as "partners"; found "${operands.join(' ')}".`)
  const folder = path.resolve(values.content as string)
  const settings = siteSettings(values, 'http://127.0.0.1:8080/', path.basename(folder))
  const { publication, problems } = await readFolder(folder, settings)
  if (publication === undefined) {
    for (const problem of problems) terminal.error(printProblem(problem))
    return 1
  }
  const secret = mintSecret()
  const made = {
    name: (values.for as string | undefined) ?? new Date().toISOString().slice(0, 10),
    hash: `sha256:${hashOf(secret)}`,
  }
  const known = publication.feeds.get(name)
  const addresses = addressesOf(publication, known ?? unsaved(name), secret)
  if (values.json === true) {
    terminal.print(JSON.stringify({ addresses, token: made }, undefined, 2))
    return 0
  }
  terminal.print('The address, which is shown this once and opens the feed to whoever has it:')
  for (const address of addresses) terminal.print(`  ${address}`)
  terminal.print(`\nFor ${SITE_FILE}:`)
  const line = `      - { name: ${JSON.stringify(made.name)}, hash: "${made.hash}" }`
  terminal.print(`feeds:\n  ${JSON.stringify(name)}:\n    private: true\n    tokens:\n${line}`)
  if (known !== undefined && !isPrivate(known))
    terminal.error(`“${name}” is public until it says "private: true".`)
  return 0
}

/** Of the feed's documents, in its formats. */
function addressesOf({ base, zone }: Publication, feed: NamedFeed, secret: string): string[] {
  const address = { ...addressOfNamed(feed, 'html'), named: { feed, secret } }
  const urls = urlsOf(address, base, zone)
  return feed.formats.map((format) => urls[format])
}

/** A feed that `site.yaml` doesn't know yet. */
function unsaved(name: string): NamedFeed {
  return {
    name,
    filter: EVERYTHING,
    limit: DEFAULT_ENTRIES,
    content: 'full',
    delay: 0,
    formats: FEED_FORMATS,
  }
}
