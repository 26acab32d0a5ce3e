// What stands between lines of `:::`, as in Docusaurus, VuePress, VitePress and Zenn: notes, and what is only laid out.
import type { MarkdownIt } from 'markdown-it'
import container from 'markdown-it-container'

/** `:::tip`, `::: tip Title`, `:::tip[Title]{#quay}`: what follows the name is looked at without the attributes. */
const OPENING = /^[ \t]*([a-z][\w-]*)(.*)$/i
const ATTRIBUTES = /\{[^{}]*\}$/
const TITLE = /^(?:\[(.*)\]|[ \t]+([^{\s].*))?$/

/** Containers that stand beside the text; what is in others is part of it. */
const NOTES =
  /^(?:abstract|alert|caution|danger|details|error|example|hint|important|info|message|note|question|quote|spoiler|success|tip|warning)$/i
/** Zenn's: neither its name nor what follows is a title. */
const NAMELESS = /^message$/i

/** A note is a quotation that begins with its title in bold, as an alert of GitHub's is. */
export function containers(markdown: MarkdownIt): void {
  markdown.use(container, 'any', { validate: (line) => read(line) !== undefined })
  markdown.core.ruler.after('block', 'container', (state) => {
    if (!state.src.includes(':::')) return
    const open: boolean[] = []
    state.tokens = state.tokens.flatMap((token) => {
      if (token.type === 'container_any_open') {
        const { name, title } = read(token.info) as Container
        const isNote = NOTES.test(name)
        open.push(isNote)
        if (!isNote) return []
        const own = NAMELESS.test(name) ? undefined : titled(name)
        const label = title ?? own
        const { Token } = state
        const quotation = Object.assign(new Token('blockquote_open', 'blockquote', 1), {
          map: token.map,
        })
        if (label === undefined) return [quotation]
        const words = { content: `<strong>${label}</strong>`, children: [] }
        return [
          quotation,
          new Token('paragraph_open', 'p', 1),
          Object.assign(new Token('inline', '', 0), words),
          new Token('paragraph_close', 'p', -1),
        ]
      }
      if (token.type !== 'container_any_close') return [token]
      return open.pop() ? [new state.Token('blockquote_close', 'blockquote', -1)] : []
    })
  })
}

interface Container {
  readonly name: string
  readonly title: string | undefined
}

/** Reads what stands behind the colons of an opening line; nothing if the line is text. */
function read(line: string): Container | undefined {
  const [, name = '', rest = ''] = OPENING.exec(line) ?? []
  const titles = TITLE.exec(rest.trimEnd().replace(ATTRIBUTES, '').trimEnd())
  if (name === '' || titles === null) return undefined
  const [, inBrackets, behind] = titles
  return { name, title: inBrackets ?? (NAMELESS.test(name) ? undefined : behind) }
}

function titled(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1).toLowerCase()
}
