// Values in the maps that configurations and foreign records are, found by their names.
import { plainName } from './names.ts'

export type Values = Readonly<Record<string, unknown>>

/**
 * Capitals make no difference: Hugo's users write `baseurl` and `baseURL`.
 * @param name a dot leads into a map.
 */
export function valueAt(said: Values, name: string): unknown {
  return name.split('.').reduce<unknown>((value, key) => {
    if (!isMap(value)) return undefined
    const found = Object.keys(value).find((one) => plainName(one) === plainName(key))
    return found === undefined ? undefined : value[found]
  }, said)
}

/** Nothing where it is no text, or empty. */
export function stringAt(said: Values, name: string): string | undefined {
  const value = valueAt(said, name)
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function mapAt(said: Values, name: string): Values {
  return asMap(valueAt(said, name))
}

/** An empty one where it is none. */
export function asMap(value: unknown): Values {
  return isMap(value) ? value : {}
}

/** The same without what is undefined. */
export function present(said: Values): Values {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
