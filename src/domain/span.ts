// Where two lists that are mostly the same differ.

export interface Span {
  /** How many items both begin with. */
  readonly from: number
  /** Where each goes on with what both end with. */
  readonly wasTo: number
  readonly isTo: number
}

/** The least span outside of which two lists have the same items. */
export function changedSpan(was: readonly unknown[], is: readonly unknown[]): Span {
  const shorter = Math.min(was.length, is.length)
  let from = 0
  while (from < shorter && was[from] === is[from]) from++
  let alike = 0
  while (alike < shorter - from && was[was.length - 1 - alike] === is[is.length - 1 - alike])
    alike++
  return { from, wasTo: was.length - alike, isTo: is.length - alike }
}
