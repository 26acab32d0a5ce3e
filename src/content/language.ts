// Language tags (BCP 47) in their one spelling.
import { remembered } from '../domain/remembered.ts'

/** `zh-hans` is `zh-Hans`; nothing where it is no tag. Asking costs as much as reading a title. */
export const canonicalLanguage = remembered(1_000, (written): string | undefined => {
  try {
    return Intl.getCanonicalLocales(written)[0]
  } catch {
    return undefined
  }
})
