// Deltas (RFC 3229 with the `feed` manipulation): what a client lacks, told from its entity tag alone.
import { createHash } from 'node:crypto'
import type { Representation } from './representation.ts'

/** Base64url characters of a digest: 132 bits of a document, 42 of each of its entries. */
const DOCUMENT_LENGTH = 22
const ENTRY_LENGTH = 7

/**
 * An opaque tag for a document that names each of its entries, so that any instance can tell, after any restart,
 * which of them a client has that sends the tag.
 */
export function tagOf(body: Uint8Array, entries: readonly Uint8Array[]): string {
  const document = digest(body, DOCUMENT_LENGTH)
  return entries.length === 0 ? document : `${document}.${entries.map(digestOf).join('')}`
}

/** The digests of entries that a tag names; nothing where it is no tag of ours, or names none. */
function entriesIn(tag: string): ReadonlySet<string> | undefined {
  const [, digests = ''] = /^[\w-]{22}\.([\w-]+)/.exec(tag) ?? []
  const count = Math.floor(digests.length / ENTRY_LENGTH)
  if (count === 0) return undefined
  return new Set(
    Array.from({ length: count }, (_, at) =>
      digests.slice(at * ENTRY_LENGTH, (at + 1) * ENTRY_LENGTH),
    ),
  )
}

/**
 * The document with only the entries that a client lacks which has the one of the tag: new ones and changed ones.
 * Nothing where the tag tells nothing, or a delta would save nothing; then the client is answered in full.
 * @param tag opaque, without its quotes; what stands behind it for the coding is passed over.
 */
export function deltaSince(
  tag: string,
  { frame, entries }: Representation,
): Uint8Array<ArrayBuffer> | undefined {
  const known = entriesIn(tag)
  const lacking = entries.filter((entry) => known !== undefined && !known.has(digestOf(entry)))
  return lacking.length === 0 || lacking.length === entries.length ? undefined : frame(lacking)
}

const digests = new WeakMap<Uint8Array, string>()

/** Each entry's bytes are made once, and so is their digest. */
function digestOf(entry: Uint8Array): string {
  const known = digests.get(entry) ?? digest(entry, ENTRY_LENGTH)
  digests.set(entry, known)
  return known
}

function digest(bytes: Uint8Array, length: number): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, length)
}
