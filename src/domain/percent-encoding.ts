// What addresses are printed with: percent-encoding (RFC 3986 §2.1), only of what would be read otherwise.
import type { Parameters } from './filter-parameters.ts'

const PLAIN_VALUE = /^[\w.,:@/-]*$/

/** One level of a path. */
export function encodeSegment(text: string): string {
  return encodeURIComponent(text).replace(/%(2B|40|3A|24|3B|3D)/g, decodeURIComponent)
}

/** A text without its percent-encoding; as it is where that is malformed. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Parameters as the query of a URL, with its `?`; empty where there are none. */
export function printQuery(query: Parameters): string {
  const search = query.map(([name, value]) => `${name}=${encodeValue(value)}`).join('&')
  return search === '' ? '' : `?${search}`
}

/** @param parameter as it is printed. */
export function withParameter(url: string, parameter: string): string {
  return `${url}${url.includes('?') ? '&' : '?'}${parameter}`
}

/** Percent-encodes a query value but for the characters that stand for themselves there and read well. */
function encodeValue(text: string): string {
  if (PLAIN_VALUE.test(text)) return text
  return encodeURIComponent(text)
    .replace(/%(2C|2F|3A|40)/g, decodeURIComponent)
    .replaceAll('%20', '+')
}
