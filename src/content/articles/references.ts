// References in a body: which are relative, and which lead to a host that subscribers can't reach.

/** Whether a reference names its host, or needs none. */
export function isWhole(reference: string): boolean {
  return /^([a-z][a-z\d+.-]*:|\/\/)/i.test(reference)
}

/** Whether a reference is relative: to the folder of its page, or to the root of its host. */
export function relativeForm(reference: string): 'path' | 'root' | undefined {
  const written = reference.trim()
  if (/^([a-z][a-z\d+.-]*:|[/\\]{2}|[?#]|$)/i.test(written)) return undefined
  return /^[/\\]/.test(written) ? 'root' : 'path'
}

/** First labels of hosts where sites are tried out before they are published. */
const TRIAL_LABELS = /^(staging|stage|stg|preview|test|testing|dev|uat|local|localhost)$/
/** Names that no public server has: RFC 6761 §6.2 and §6.3, RFC 6762 §3, and those that home routers give. */
const PRIVATE_NAME = /(^|\.)(localhost|test|local|internal|lan|home\.arpa)$/
/** RFC 1918, RFC 6890 §2.2, RFC 4291 §2.5.3, RFC 4193. */
const PRIVATE_ADDRESS =
  /^(127\.|10\.|0\.0\.0\.0$|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1?\]$|\[f[cde])/

/**
 * Why an address should not be given to subscribers of a publication at `base`; nothing where it may be. The letter
 * case of a host is no reason: addresses are written in lower case anyway.
 */
export function strayHost(address: string, base: string): string | undefined {
  if (address.startsWith(base) || !URL.canParse(address)) return undefined
  const url = new URL(address)
  if (!/^https?:$/.test(url.protocol)) return undefined
  const own = new URL(base)
  const host = url.hostname.replace(/\.$/, '')
  if (PRIVATE_NAME.test(host) || PRIVATE_ADDRESS.test(host)) {
    return `${url.host} can't be reached by subscribers`
  }
  if (PRIVATE_NAME.test(own.hostname) || PRIVATE_ADDRESS.test(own.hostname)) return undefined
  const bare = own.hostname.replace(/^www\./, '')
  const [first = '', ...rest] = host.split('.')
  if (TRIAL_LABELS.test(first) && [bare, own.hostname].includes(rest.join('.'))) {
    return `${url.host} looks like the host where ${own.host} is tried out`
  }
  if (host.replace(/^www\./, '') !== bare || url.origin === own.origin) return undefined
  return `the publication itself is at ${own.origin}, not at ${url.origin}`
}
