// Rules that the checklists of the three formats share, each as what is wrong with the values given.
import { fromHtml } from 'hast-util-from-html'
import { visit } from 'unist-util-visit'

export function unless(holds: boolean, fault: string): string[] {
  return holds ? [] : [fault]
}

/** The values of a list for which a rule does not hold. */
export function against(values: readonly string[], rule: (value: string) => boolean): string[] {
  return values.filter((value) => !rule(value))
}

/** The declaration first of all, in the encoding that it names. */
export function xmlBeginning(bytes: Buffer): string[] {
  return against([bytes.subarray(0, 38).toString('latin1')], (start) =>
    /^<\?xml version="1\.0" encoding="utf-8"\?>/i.test(start),
  )
}

export function notOnce(names: readonly string[], count: (name: string) => number): string[] {
  return names.filter((name) => count(name) !== 1).map((name) => `${count(name)} of ${name}`)
}

export function repeated(values: readonly string[]): string[] {
  return values.filter((value, at) => values.indexOf(value) !== at)
}

export const isWebUrl = (url: string) => /^https?:\/\/[^/]/.test(url) && URL.canParse(url)
export const isUri = (text: string) => /^[a-z][a-z0-9+.-]*:\S+$/i.test(text)
export const isAscii = (text: string) => /^[\x21-\x7e]*$/.test(text)
export const isMediaType = (type: string) => /^[a-z]+\/[a-z0-9.+-]+$/i.test(type)
export const isLanguage = (tag: string) => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag)
export const isEmail = (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+( \(.+\))?$/.test(text)

export const isRfc3339 = (date: string) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(date) &&
  !Number.isNaN(Date.parse(date))

/** RFC 822 with a four-digit year, whose day name is that of its date. */
export function isRfc822(date: string): boolean {
  const [, weekday, day] =
    /^(\w{3}), (\d\d) \w{3} \d{4} \d\d:\d\d:\d\d (?:GMT|\+0000)$/.exec(date) ?? []
  const [expectedWeekday, expectedDay] = Number.isNaN(Date.parse(date))
    ? []
    : new Date(date).toUTCString().split(/,? /)
  return weekday !== undefined && weekday === expectedWeekday && day === expectedDay
}

/** URLs in HTML that a reader could not resolve. */
export function relativeUrls(html: string): string[] {
  const urls: string[] = []
  visit(fromHtml(html, { fragment: true }), 'element', ({ properties }) => {
    for (const name of ['href', 'src', 'poster', 'cite']) {
      if (typeof properties[name] === 'string') urls.push(properties[name])
    }
    const candidates = [properties.srcSet ?? []].flat().map(String)
    urls.push(...candidates.map((candidate) => candidate.trim().split(/\s/)[0] ?? ''))
  })
  return against(urls, (url) => isWebUrl(url) || /^(mailto|tel|magnet|geo):/.test(url))
}

/** What a publisher must not send: programs, frames and event handlers. */
export function activeContent(html: string): string[] {
  const found: string[] = []
  visit(fromHtml(html, { fragment: true }), 'element', ({ tagName, properties }) => {
    if (/^(script|iframe|object|embed|form|style)$/.test(tagName)) found.push(`<${tagName}>`)
    found.push(...Object.keys(properties).filter((name) => /^on[A-Z]/.test(name)))
  })
  return found
}
