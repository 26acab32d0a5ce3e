// Ids: absolute ASCII URIs that outlive titles, folders and domains.

/**
 * A given id as every format can carry it: a URI as it is, anything else as part of a `tag:` URI (RFC 4151)
 * of the authority. Characters that a URI has no place for are percent-encoded as UTF-8 (RFC 3986 §2.5).
 */
export function asUri(authority: string, given: string): string {
  return encodeUri(isUri(given) ? given : `tag:${authority}:${given}`)
}

/** A scheme that is registered for naming, so that `2026:12` is no URI. */
function isUri(text: string): boolean {
  return /^(https?|tag|urn|info|doi|at|ni):[^\s]/i.test(text)
}

function encodeUri(text: string): string {
  return text.replace(/%(?![0-9a-f]{2})|[^\w\-.~:/?#[\]@!$&'()*+,;=%]/giu, encodeURIComponent)
}
