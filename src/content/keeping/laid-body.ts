// A body that lies in a spool as it was written, for records that are still to be made into articles.
import type { BodySource } from '../bodies/body.ts'
import type { Slice, Spool } from './spool.ts'

class LaidBody implements BodySource {
  readonly form: BodySource['form']
  readonly #spool: Spool
  readonly #lies: Slice

  constructor(form: BodySource['form'], spool: Spool, lies: Slice) {
    this.form = form
    this.#spool = spool
    this.#lies = lies
  }

  get source(): string {
    return this.#spool.read(this.#lies).toString()
  }
}

/** The same body, read back when it is asked for. */
export function layBody(body: BodySource, spool: Spool): BodySource {
  return new LaidBody(body.form, spool, spool.append(body.bytes ?? body.source))
}
