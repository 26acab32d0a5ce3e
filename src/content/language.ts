// Language tags (BCP 47) in their one spelling.

/** Thousands of records are in a few languages, and asking costs as much as reading a title. */
const known = new Map<string, string | undefined>()
const MOST_KNOWN = 1_000

/** `zh-hans` is `zh-Hans`; nothing where it is no tag. */
export function canonicalLanguage(written: string): string | undefined {
  if (known.has(written)) return known.get(written)
  if (known.size >= MOST_KNOWN) known.clear()
  const tag = spell(written)
  known.set(written, tag)
  return tag
}

function spell(written: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(written)[0]
  } catch {
    return undefined
  }
}
