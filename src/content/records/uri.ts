// Web addresses as feeds carry them: URIs (RFC 3986), which the output of a URL parser need not be.

/** The address, with characters percent-encoded that a URI can't hold: RSS takes URIs, not IRIs (profile "URL"). */
export function uriOf(url: URL): string {
  const { href } = url
  // Brackets may stand around an IPv6 host only (RFC 3986 §3.2.2), and `%` before two hexadecimal digits only.
  const path = href.indexOf('/', url.protocol.length + 2)
  const behind = href.slice(path).replace(/[[\]\\^`{|}]|%(?![\dA-F]{2})/gi, encodeURIComponent)
  return href.slice(0, path) + behind
}
