// Ids: absolute ASCII URIs that outlive titles, folders and domains.

/**
 * A given id as every format can carry it: a URI as it is, anything else as part of a `tag:` URI (RFC 4151)
 * of the authority. Characters that have no place there are percent-encoded as UTF-8 (RFC 3986 §2.5).
 */
export function asUri(authority: string, given: string): string {
  // RFC 3986 §2.2: a whole URI may hold any reserved character, and escapes.
  if (isUri(given))
    return given.replace(/%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9_\-.~:/?#[\]@!$&'()*+,;=%]/gu, encode)
  // RFC 4151 §2.1: the specific part of a tag holds no fragment and no brackets.
  return `tag:${authority}:${given.replace(/[^A-Za-z0-9_\-.~:/?@!$&'()*+,;=]/gu, encode)}`
}

/** A scheme that names things for good, so that `2026:12` is none. */
function isUri(text: string): boolean {
  return /^(tag:|urn:|at:\/\/)./i.test(text) || (/^https?:/i.test(text) && URL.canParse(text))
}

function encode(character: string): string {
  return encodeURIComponent(character)
}
