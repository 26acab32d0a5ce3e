// Language tags (BCP 47) in their one spelling.
import { remembered } from '../../domain/remembered.ts'

/** What has more letters is kept for languages to come (RFC 5646 §2.2.1), and is a slip until then: `english`. */
const IS_REGISTERED = /^[a-z]{2,3}(?:-|$)/

/** `zh-hans` is `zh-Hans`; nothing where it is no tag. Asking costs as much as reading a title. */
export const canonicalLanguage = remembered(1_000, (written): string | undefined => {
  try {
    const [tag = ''] = Intl.getCanonicalLocales(written)
    return IS_REGISTERED.test(tag) ? tag : undefined
  } catch {
    return undefined
  }
})
