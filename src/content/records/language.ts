// Language tags (BCP 47) in their one spelling.
import { remembered } from '../../domain/remembered.ts'

/** Longer codes are reserved for the future (RFC 5646 §2.2.1); until then one is a mistake, such as `english`. */
const IS_REGISTERED = /^[a-z]{2,3}(?:-|$)/

/** `zh-hans` becomes `zh-Hans`; nothing where it is no tag. Asking `Intl` costs as much as reading a title. */
export const canonicalLanguage = remembered(1_000, (written): string | undefined => {
  try {
    const [tag = ''] = Intl.getCanonicalLocales(written)
    return IS_REGISTERED.test(tag) ? tag : undefined
  } catch {
    return undefined
  }
})
