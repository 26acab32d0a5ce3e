// What is noticed while a body is made, for the advice of `gazette check`.
import { relativeForm, strayHost } from './references.ts'

/** How many notes of each sort are kept of a body. */
const MOST = 100
/** UTF-16 units; longer references are ignored: most are pictures as `data:` URLs. */
const LONGEST_REFERENCE = 1_000

export interface Reference {
  /** As it stands in the body. */
  readonly written: string
  /** The absolute address that it was taken for. */
  readonly address: string
}

export interface BodyNotes {
  /** Relative references that no file of the folder answers. */
  readonly unanswered: readonly Reference[]
  /** References to hosts that subscribers should not be led to, each with the reason. */
  readonly astray: readonly (Reference & { readonly reason: string })[]
  /** The references of pictures without a size. */
  readonly unsized: readonly string[]
}

export interface BodyWatch {
  readonly notes: BodyNotes
  /** A reference became an address; `isFile` where that is a file of the folder. */
  readonly sawReference: (written: string, address: string | undefined, isFile: boolean) => void
  /** The body is made; pictures at these addresses have no size. */
  readonly sawPictures: (addresses: readonly string[]) => void
}

/** @param base the publication's base URL. */
export function watchBody(base: string): BodyWatch {
  const unanswered: Reference[] = []
  const astray: (Reference & { reason: string })[] = []
  const unsized: string[] = []
  let written = new Map<string, string>()
  return {
    notes: { unanswered, astray, unsized },
    sawReference(reference, address, isFile) {
      if (address === undefined || address.length > LONGEST_REFERENCE) return
      if (!written.has(address)) written.set(address, reference)
      if (isFile) return
      const reason = strayHost(address, base)
      if (relativeForm(reference) !== undefined) add(unanswered, { written: reference, address })
      else if (reason !== undefined) add(astray, { written: reference, address, reason })
    },
    sawPictures(addresses) {
      for (const address of addresses)
        if (address.length <= LONGEST_REFERENCE) add(unsized, written.get(address) ?? address)
      written = new Map()
    },
  }
}

function add<T>(list: T[], one: T): void {
  if (list.length < MOST) list.push(one)
}
