// What a client likes to be answered with (RFC 9110 §12.5): which content coding, and whether HTML.

/**
 * The available coding that the client prefers; among equals the first. Without the header, and where nothing is
 * acceptable, `identity`: an answer in full beats none.
 * @param header `Accept-Encoding`, as it came.
 * @param available codings beside `identity`, best first.
 */
export function chooseCoding<C extends string>(
  header: string | undefined,
  available: readonly C[],
): C | 'identity' {
  if (header === undefined || header.length > LONGEST_HEADER) return 'identity'
  const weights = readWeights(header)
  const weightOf = (coding: string) => weights.get(coding) ?? weights.get('*') ?? 0
  let best: C | 'identity' = 'identity'
  // Unless the header mentions it, `identity` is acceptable but not preferred.
  let weight = weights.get('identity') ?? 0
  for (const coding of available) {
    // Against an equal `identity` a coding saves bytes; against an equal coding the earlier one saves more.
    const isBetter =
      weightOf(coding) > weight || (weightOf(coding) === weight && best === 'identity')
    if (weightOf(coding) > 0 && isBetter) {
      best = coding
      weight = weightOf(coding)
    }
  }
  return best
}

const LONGEST_HEADER = 1000

/**
 * Codings, or manipulations (RFC 3229 §10.5.3), with their weights from 0 to 1. Malformed ones are left out. `x-gzip`
 * means `gzip` (§8.4.1.3).
 */
export function readWeights(header: string): Map<string, number> {
  const weights = new Map<string, number>()
  for (const member of header.toLowerCase().split(',')) {
    const found =
      /^\s*([\w!#$%&'*+.^`|~-]+)\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?$/.exec(member)
    if (found !== null) weights.set((found[1] as string).replace(/^x-/, ''), Number(found[2] ?? 1))
  }
  return weights
}

/** Whether the client names HTML explicitly, as browsers do and feed readers don't. */
export function prefersHtml(accept = ''): boolean {
  return accept
    .split(',')
    .some(
      (range) =>
        /^\s*(text\/html|application\/xhtml\+xml)\s*(;|$)/i.test(range) &&
        !/;\s*q=0(\.0*)?\s*(;|$)/i.test(range),
    )
}
