// Content codings (RFC 9110 §8.4.1): a document packed once for each, off the event loop.
import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import { bodyOf, type Representation } from './representation.ts'

export type Coding = 'identity' | 'gzip' | 'br' | 'zstd'

export interface Coded {
  readonly coding: Coding
  readonly body: Uint8Array<ArrayBuffer>
  /** Strong, quoted: the document's own, with the coding and its level behind it (RFC 9110 §8.8.3.3). */
  readonly etag: string
}

type Pack = (body: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>

interface Level {
  /** What tells its bytes from those of another level. */
  readonly name: string
  readonly pack: Pack
}

/** How each coding is made when a document is first asked for, and once it is asked for often. */
interface Levels {
  readonly quick: Level
  readonly strong: Level
}

const gzip = promisify(zlib.gzip)
const brotli = promisify(zlib.brotliCompress)

function gzipAt(level: number): Level {
  return { name: `gzip${level}`, pack: (body) => gzip(body, { level }) }
}

function brotliAt(level: number): Level {
  const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: level }
  return {
    name: `br${level}`,
    pack: (body) =>
      brotli(body, {
        params: { ...params, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: body.length },
      }),
  }
}

const LEVELS: Readonly<Partial<Record<Coding, Levels>>> = {
  br: { quick: brotliAt(5), strong: brotliAt(11) },
  ...zstdLevels(),
  gzip: { quick: gzipAt(6), strong: gzipAt(9) },
}

/** Node has zstd from 22.15 on. */
function zstdLevels(): { zstd?: Levels } {
  const { zstdCompress } = zlib as { zstdCompress?: typeof zlib.gzip }
  if (zstdCompress === undefined) return {}
  const zstd = promisify(zstdCompress) as (
    body: Uint8Array,
    options: object,
  ) => Promise<Buffer<ArrayBuffer>>
  // ZSTD_c_compressionLevel, which @types/node of version 20 doesn't know.
  const at = (level: number): Level => ({
    name: `zstd${level}`,
    pack: (body) => zstd(body, { params: { 100: level } }),
  })
  return { zstd: { quick: at(6), strong: at(19) } }
}

/** The codings this runtime can make, the one that saves most first. */
export const CODINGS: readonly Coding[] = Object.keys(LEVELS) as Coding[]

/** Requests after which a document is worth the strongest level. */
const OFTEN = 4

interface Packing {
  requests: number
  level: Level
  coded: Promise<Coded>
  /** What `coded` resolved to, once it did. */
  settled?: Coded
}

const packings = new WeakMap<Representation, Map<Coding, Packing>>()

/**
 * A representation in a coding. Each is made once, however many ask at a time; where it is asked for often it is
 * made anew at the strongest level, and the quick one serves until that is ready.
 */
export function coded(representation: Representation, coding: Coding): Promise<Coded> {
  const levels = LEVELS[coding]
  if (levels === undefined) return Promise.resolve(wholeOf(representation))
  const { quick, strong } = levels
  const made = packings.get(representation) ?? new Map<Coding, Packing>()
  packings.set(representation, made)
  const packing = made.get(coding) ?? begin(representation, coding, quick)
  made.set(coding, packing)
  packing.requests++
  if (packing.requests === OFTEN) {
    const stronger = pack(representation, coding, strong)
    // Where that fails, the quick one goes on serving.
    stronger.then(
      (last) => Object.assign(packing, { level: strong, coded: stronger, settled: last }),
      ignore,
    )
  }
  return packing.coded
}

/** Bodies of representations that are sent without coding again and again. */
const wholes = new WeakMap<Representation, Coded>()

function wholeOf(representation: Representation): Coded {
  const { etag } = representation
  return wholes.get(representation) ?? { coding: 'identity', body: bodyOf(representation), etag }
}

function begin(representation: Representation, coding: Coding, quick: Level): Packing {
  const packing: Packing = { requests: 0, level: quick, coded: pack(representation, coding, quick) }
  packing.coded.then(
    (first) => {
      packing.settled ??= first
    },
    // What failed is made anew when it is asked for next.
    () => packings.get(representation)?.delete(coding),
  )
  return packing
}

/** What `coded` gives of what is asked for often, at the best level made so far: nothing is waited for or counted. */
export function settled(representation: Representation, coding: Coding): Coded | undefined {
  if (coding === 'identity') {
    const whole = wholeOf(representation)
    wholes.set(representation, whole)
    return whole
  }
  const packing = packings.get(representation)?.get(coding)
  return packing !== undefined && packing.requests > OFTEN ? packing.settled : undefined
}

const packedBytes = new WeakMap<Uint8Array, Map<Coding, Promise<Uint8Array<ArrayBuffer>>>>()

/** Bytes that are no representation in a coding, once for as long as they are kept; themselves in `identity`. */
export function packed(
  body: Uint8Array<ArrayBuffer>,
  coding: Coding,
): Promise<Uint8Array<ArrayBuffer>> {
  const made = packedBytes.get(body) ?? new Map<Coding, Promise<Uint8Array<ArrayBuffer>>>()
  packedBytes.set(body, made)
  const found = made.get(coding)
  if (found !== undefined) return found
  const packing = LEVELS[coding]?.quick.pack(body) ?? Promise.resolve(body)
  made.set(coding, packing)
  packing.catch(() => made.delete(coding))
  return packing
}

/** The tag that a representation has in a coding, without packing it: a 304 needs no body. */
export function etagIn(representation: Representation, coding: Coding): string {
  const level = packings.get(representation)?.get(coding)?.level ?? LEVELS[coding]?.quick
  return level === undefined ? representation.etag : etagAt(representation, level)
}

async function pack(representation: Representation, coding: Coding, level: Level): Promise<Coded> {
  return {
    coding,
    body: await level.pack(wholeOf(representation).body),
    etag: etagAt(representation, level),
  }
}

function etagAt({ etag }: Representation, { name }: Level): string {
  return `${etag.slice(0, -1)}-${name}"`
}

function ignore(): void {}
