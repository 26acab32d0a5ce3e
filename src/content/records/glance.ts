// A file as bytes: split after its front matter, with a body that is decoded only when somebody asks for it.
import type { BodySource } from '../bodies/body.ts'
import { type FrontMatter, splitFrontMatter } from '../syntax/front-matter.ts'
import { decode, isPlain } from '../syntax/source.ts'

/** Front matter whose body isn't decoded yet. */
interface Parted extends Omit<FrontMatter, 'body'> {
  readonly body: Buffer
}

export interface Source {
  /** @throws UnreadableSource */
  readonly text: () => string
  /** Nothing where it takes more than a glance to split the file. */
  readonly parted?: Parted
}

/**
 * The text of a file, decoded only when it is asked for: for Chinese that takes as long as all other work on the file, and
 * most bodies are laid as they are.
 * @throws UnreadableSource
 */
export function readSource(bytes: Buffer): Source {
  const parted = partAtGlance(bytes)
  if (parted !== undefined) return { parted, text: () => decode(bytes) }
  const text = decode(bytes)
  return { text: () => text }
}

const LINE_FEED = 0x0a

/** What `decode` and `splitFrontMatter` would find, where that is plain to see. */
export function partAtGlance(bytes: Buffer): Parted | undefined {
  const fence = bytes.toString('latin1', 0, 3)
  if (fence !== '---' && fence !== '+++') return undefined
  const closing = bytes.indexOf(`\n${fence}`, 3)
  const end = closing < 0 ? 0 : bytes.indexOf(LINE_FEED, closing + 1) + 1
  if (end === 0 || !isPlain(bytes)) return undefined
  const head = bytes.toString('utf8', 0, end)
  // It may declare another encoding.
  if (head.includes('charset')) return undefined
  try {
    const { body, ...parted } = splitFrontMatter(head)
    return body === '' ? { body: bytes.subarray(end), ...parted } : undefined
  } catch {
    return undefined
  }
}

/**
 * A body that is decoded each time its text is asked for. A class, since V8 gives each object that is written with a getter
 * of its own a layout of its own, which keeps all that the getter knows until the next full collection: the files of a large
 * folder were copied about by each small one.
 */
class BodyInBytes implements BodySource {
  readonly form: BodySource['form']
  readonly bytes: Buffer
  #glance: string | undefined

  constructor(form: BodySource['form'], bytes: Buffer) {
    this.form = form
    this.bytes = bytes
  }

  get glance(): string {
    this.#glance ??= this.bytes.toString('latin1')
    return this.#glance
  }

  get source(): string {
    return this.bytes.toString()
  }
}

export function bodyInBytes(form: BodySource['form'], bytes: Buffer): BodySource {
  return new BodyInBytes(form, bytes)
}
