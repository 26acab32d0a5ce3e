// Deltas (RFC 3229 with the `feed` manipulation): what a client lacks, told from its entity tag alone.
import { hash } from 'node:crypto'
import { boundedCache } from './bounded-cache.ts'
import type { Representation } from './representation.ts'

/** Base64url characters of a digest: 132 bits of a document or an entry, 24 of its id, 36 of its bytes in a tag. */
const WHOLE_LENGTH = 22
const ID_LENGTH = 4
const BYTES_LENGTH = 6
const ENTRY_LENGTH = ID_LENGTH + BYTES_LENGTH
/** What stands between the dots of a tag. */
const ENTRIES = new RegExp(`^[\\w-]{${WHOLE_LENGTH}}\\.([\\w-]+)\\.`)

/** An article as a format has it, digested once, however many documents carry it. */
export interface WrittenEntry {
  readonly id: string
  readonly bytes: Uint8Array
  readonly digest: string
  /** What a tag names it by. */
  readonly name: string
}

export function writtenEntry(id: string, bytes: Uint8Array): WrittenEntry {
  const whole = digest(bytes).slice(0, WHOLE_LENGTH)
  return { id, bytes, digest: whole, name: digestOfId(id) + whole.slice(0, BYTES_LENGTH) }
}

/**
 * An opaque tag for a document that names each of its entries, so that any instance can tell, after any restart,
 * which of them a client has that sends the tag. The dots part them from each other and from what proxies append.
 * It is a digest of what stands around the entries and of theirs.
 * @param around the document without its entries.
 */
export function tagOf(around: string, entries: readonly WrittenEntry[]): string {
  let digests = ''
  let names = ''
  for (const entry of entries) {
    digests += entry.digest
    names += entry.name
  }
  const document = digest(around + digests).slice(0, WHOLE_LENGTH)
  return names === '' ? document : `${document}.${names}.`
}

/** Likewise of a document that has no entries. */
export function tagOfFile(bytes: Uint8Array): string {
  return digest(bytes).slice(0, WHOLE_LENGTH)
}

/** What the tags of a document begin with in each coding, nothing of its entries. */
export function documentOf(etag: string): string {
  return etag.slice(1, 1 + WHOLE_LENGTH)
}

/** The digests of entries that a tag names, in their order; nothing where it is no tag of ours, or names none. */
function entriesIn(tag: string): readonly string[] | undefined {
  const [, digests = ''] = ENTRIES.exec(tag) ?? []
  const count = digests.length / ENTRY_LENGTH
  if (count === 0 || !Number.isInteger(count)) return undefined
  return Array.from({ length: count }, (_, at) =>
    digests.slice(at * ENTRY_LENGTH, (at + 1) * ENTRY_LENGTH),
  )
}

/** Bytes of deltas that are kept, packed ones included: after a change, all clients with the former version ask for the same. */
const KEPT = 8 * 1024 * 1024

const kept = boundedCache<Uint8Array<ArrayBuffer>>(KEPT)

/**
 * The document with only the entries that a client lacks which has the one of the tag: new ones and changed ones.
 * Nothing where the tag tells nothing, where a delta would save nothing, or where an entry left for another reason than
 * that newer ones took its place or a tombstone tells of it; then the client is answered in full.
 * @param tag opaque, without its quotes; what stands behind it for the coding is passed over.
 */
export function deltaSince(
  tag: string,
  representation: Representation,
): Uint8Array<ArrayBuffer> | undefined {
  const known = entriesIn(tag)
  if (known === undefined) return undefined
  const key = `${representation.etag} ${known.join('')}`
  const found = kept.get(key)
  if (found !== undefined) return found
  const delta = deltaFrom(known, representation)
  if (delta !== undefined) kept.set(key, delta, delta.length * 2)
  return delta
}

function deltaFrom(
  known: readonly string[],
  { frame, entries, told, isCut }: Representation,
): Uint8Array<ArrayBuffer> | undefined {
  const has = new Set(known)
  const lacking = entries.filter(({ name }) => !has.has(name))
  if (lacking.length === 0 || lacking.length === entries.length) return undefined
  const ids = new Set([...entries.map(({ name }) => idIn(name)), ...told.map(digestOfId)])
  const stayed = known.findLastIndex((entry) => ids.has(idIn(entry)))
  const left = known.findIndex((entry) => !ids.has(idIn(entry)))
  // A last entry that the client lacks may be older than what left: then it moved up into the free place.
  const isRefilled = !entries.slice(-1).every(({ name }) => has.has(name))
  const isPushedOut = left === -1 || (isCut && left > stayed && !isRefilled)
  return isPushedOut ? frame(lacking) : undefined
}

function digestOfId(id: string): string {
  return digest(id).slice(0, ID_LENGTH)
}

function idIn(entry: string): string {
  return entry.slice(0, ID_LENGTH)
}

function digest(text: Uint8Array | string): string {
  return hash('sha256', text, 'base64url')
}
