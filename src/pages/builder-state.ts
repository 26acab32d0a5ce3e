// The state of the feed builder: its form is a query, and that query is its address.
import {
  type Address,
  atPage,
  BUILDER_FOLDER,
  inFormat,
  mapAddressTerms,
  printAddress,
  readAddress,
  wishesOf,
} from '../domain/address.ts'
import type { Scheme } from '../domain/category.ts'
import { eachScheme, SCHEMES } from '../domain/filter.ts'
import {
  isExcluding,
  type Parameters,
  parameterOf,
  printFilter,
  single,
} from '../domain/filter-parameters.ts'
import { printQuery } from '../domain/percent-encoding.ts'
import { currentTerm, type Publication } from '../domain/publication.ts'
import { lookedFor } from './find-terms.ts'

export interface BuilderState {
  /** The feed that the form describes, as its page. */
  readonly address: Address
  /** What other terms are to be shown by, where something was written. */
  readonly looking: Readonly<Record<Scheme, string>>
}

/** Ends of the parameters that say whether all or any of the terms must match, and what others are looked for. */
export const MATCH_SUFFIX = '-match'
export const LOOKING_SUFFIX = '-find'

/**
 * What a submitted form or a kept address says.
 * @throws MalformedParameter as feeds' addresses do.
 */
export function readBuilder(query: Parameters, publication: Publication): BuilderState {
  const { zone, taxonomy } = publication
  const names = SCHEMES.map(parameterOf)
  const own = names.flatMap((name) => [name + MATCH_SUFFIX, name + LOOKING_SUFFIX])
  const rest = query.filter(([name]) => !own.includes(name) && name !== 'page')
  const joined = names.reduce<Parameters>((some, name) => join(name, query, some), rest)
  const reading = readAddress([''], joined, zone, () => undefined)
  if (reading === undefined) throw new Error('the folder of all articles has a page')
  const address = mapAddressTerms(reading.address, (scheme, term) =>
    currentTerm(taxonomy, scheme, term),
  )
  return {
    address,
    looking: eachScheme((scheme) => lookedFor(query, parameterOf(scheme) + LOOKING_SUFFIX)),
  }
}

/** The parameters with those of a name together or apart, as the form says of them. */
function join(name: string, query: Parameters, rest: Parameters): Parameters {
  const match = single(query, name + MATCH_SUFFIX)
  if (match !== 'any') return rest
  const isIncluded = ([key, value]: Parameters[number]) => key === name && !isExcluding(value)
  const included = rest.filter(isIncluded).map(([, value]) => value)
  return [...rest.filter((pair) => !isIncluded(pair)), [name, included.join(',')]]
}

/** The one address of a state; that of the feed's own builder, where nothing is looked for. */
export function printBuilder({ address, looking }: BuilderState, publication: Publication): string {
  const said = SCHEMES.filter((scheme) => looking[scheme] !== '').map(
    (scheme): [string, string] => [parameterOf(scheme) + LOOKING_SUFFIX, looking[scheme]],
  )
  const { filter } = address
  return (
    publication.base +
    BUILDER_FOLDER +
    printQuery([...printFilter(filter, publication.zone), ...wishesOf(address), ...said])
  )
}

/** Where a feed can be changed into another. */
export function builderAddress(address: Address, publication: Publication): string {
  const looking = eachScheme(() => '')
  return printBuilder({ address: atPage(inFormat(address, 'html'), 1), looking }, publication)
}

/** Whether nothing is chosen yet. */
export function isEverything({ address, looking }: BuilderState): boolean {
  return printAddress(address, 'UTC') === '' && SCHEMES.every((scheme) => looking[scheme] === '')
}

/** The parameters of an address that the form has no field for: each is kept as a box that can be unchecked. */
export function keptParameters(address: Address, { zone }: Publication): [string, string][] {
  return [...printFilter(address.filter, zone), ...wishesOf(address)].filter(([name]) =>
    ['depth', 'since', 'until', 'limit'].includes(name),
  )
}
