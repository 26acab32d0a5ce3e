// How one piece of template code is read: its name, and its arguments with and without names.
export interface Tag {
  /** The signs that it begins with. */
  readonly open: string
  readonly name: string
  /** All that stands between the signs. */
  readonly inside: string
  readonly args: Arguments
}

export interface Arguments {
  readonly plain: readonly string[]
  readonly named: ReadonlyMap<string, string>
}

/** Reads what stands between a tag's signs: `figure src="a.png"`, `youtube(id="x")`, `site.baseurl`. */
export function readTag(open: string, written: string): Tag {
  const inside = written.replace(/^-|-$/g, '').trim()
  const [, name = '', rest = ''] = /^(\/?[\w.-]*)([\s\S]*)$/.exec(inside) ?? []
  return { open, name, inside, args: readArguments(rest) }
}

const ARGUMENT = /(?:([\w-]+)\s*=\s*)?(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^\s,()"'`=]+))/g

function readArguments(text: string): Arguments {
  const plain: string[] = []
  const named = new Map<string, string>()
  for (const [, name, ...values] of text.matchAll(ARGUMENT)) {
    const value = values.find((one) => one !== undefined) ?? ''
    if (name === undefined) plain.push(value)
    else named.set(name, value)
  }
  return { plain, named }
}

/** A shortcode of Hugo's, or of Zola's, which may stand between the signs that others have for values. */
export function isShortcode({ open, inside }: Tag): boolean {
  return open.length === 3 || /^\w+\s*\(/.test(inside)
}

/** Where a tag leads, by its named arguments. */
export function addressIn({ named }: Arguments): string | undefined {
  return ['href', 'url', 'link'].map((name) => named.get(name)).find(Boolean)
}
