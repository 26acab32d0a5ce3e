// Web addresses as feeds carry them: URIs (RFC 3986), which what a URL parser makes of an address need not be.

/** The address, with what may stand in none percent-encoded: RSS takes URIs, not IRIs (profile "URL"). */
export function uriOf(url: URL): string {
  const { href } = url
  // Brackets are right around the number of a host (RFC 3986 §3.2.2), and nowhere behind it; `%` before two digits alone.
  const path = href.indexOf('/', url.protocol.length + 2)
  const behind = href.slice(path).replace(/[[\]\\^`{|}]|%(?![\dA-F]{2})/gi, encodeURIComponent)
  return href.slice(0, path) + behind
}
