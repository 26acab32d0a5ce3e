// Deltas (RFC 3229 with the `feed` manipulation): what a client lacks, told from its entity tag alone.
import { createHash } from 'node:crypto'
import type { Representation, WrittenEntry } from './representation.ts'

/** Base64url characters of a digest: 132 bits of a document, 24 of an entry's id, 36 of its bytes. */
const DOCUMENT_LENGTH = 22
const ID_LENGTH = 4
const BYTES_LENGTH = 6
const ENTRY_LENGTH = ID_LENGTH + BYTES_LENGTH

/**
 * An opaque tag for a document that names each of its entries, so that any instance can tell, after any restart,
 * which of them a client has that sends the tag. The dots part them from each other and from what proxies append.
 */
export function tagOf(body: Uint8Array, entries: readonly WrittenEntry[]): string {
  const document = digest(body, DOCUMENT_LENGTH)
  return entries.length === 0 ? document : `${document}.${entries.map(digestOf).join('')}.`
}

/** The digests of entries that a tag names, in their order; nothing where it is no tag of ours, or names none. */
function entriesIn(tag: string): readonly string[] | undefined {
  const [, digests = ''] = /^[\w-]{22}\.([\w-]+)\./.exec(tag) ?? []
  const count = digests.length / ENTRY_LENGTH
  if (count === 0 || !Number.isInteger(count)) return undefined
  return Array.from({ length: count }, (_, at) =>
    digests.slice(at * ENTRY_LENGTH, (at + 1) * ENTRY_LENGTH),
  )
}

/**
 * The document with only the entries that a client lacks which has the one of the tag: new ones and changed ones.
 * Nothing where the tag tells nothing, where a delta would save nothing, or where an entry left for another reason than
 * that newer ones took its place or a tombstone tells of it; then the client is answered in full.
 * @param tag opaque, without its quotes; what stands behind it for the coding is passed over.
 */
export function deltaSince(
  tag: string,
  { frame, entries, told, isCut }: Representation,
): Uint8Array<ArrayBuffer> | undefined {
  const known = entriesIn(tag)
  if (known === undefined) return undefined
  const has = new Set(known)
  const lacking = entries.filter((entry) => !has.has(digestOf(entry)))
  if (lacking.length === 0 || lacking.length === entries.length) return undefined
  const ids = new Set([...entries.map(digestOf).map(idIn), ...told.map(digestOfId)])
  const stayed = known.findLastIndex((entry) => ids.has(idIn(entry)))
  const left = known.findIndex((entry) => !ids.has(idIn(entry)))
  // One that wasn't there and stands last may be older than what left: then it took a place that was empty.
  const knownIds = new Set(known.map(idIn))
  const isRefilled = !entries
    .slice(-1)
    .map(digestOf)
    .map(idIn)
    .every((id) => knownIds.has(id))
  const isPushedOut = left === -1 || (isCut && left > stayed && !isRefilled)
  return isPushedOut ? frame(lacking) : undefined
}

const digests = new WeakMap<Uint8Array, string>()

/** Each entry's bytes are made once, and so is their digest. */
function digestOf({ id, bytes }: WrittenEntry): string {
  const known = digests.get(bytes) ?? digestOfId(id) + digest(bytes, BYTES_LENGTH)
  digests.set(bytes, known)
  return known
}

function digestOfId(id: string): string {
  return digest(Buffer.from(id), ID_LENGTH)
}

function idIn(entry: string): string {
  return entry.slice(0, ID_LENGTH)
}

function digest(bytes: Uint8Array, length: number): string {
  return createHash('sha256').update(bytes).digest('base64url').slice(0, length)
}
