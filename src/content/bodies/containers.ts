// What stands between lines of `:::`, as in Docusaurus, VuePress, VitePress and Zenn: notes, and what is only laid out.
import type { MarkdownIt, StateCore, Token } from 'markdown-it'
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
    const open: Container[] = []
    state.tokens = state.tokens.flatMap((token) => {
      if (token.type === 'container_any_open') {
        const opened = read(token.info) as Container
        open.push(opened)
        return opened.isNote ? opening(opened, token, state.Token) : []
      }
      if (token.type !== 'container_any_close') return [token]
      return open.pop()?.isNote ? [block(state.Token, 'blockquote', 'blockquote', -1)] : []
    })
  })
}

type Tokens = StateCore['Token']

/** What stands in the place of the line that begins a note. */
function opening({ title }: Container, { map }: Token, Token: Tokens): Token[] {
  const quotation = Object.assign(block(Token, 'blockquote', 'blockquote', 1), { map })
  if (title === undefined) return [quotation]
  const words = { content: `<strong>${title}</strong>`, children: [] }
  return [
    quotation,
    block(Token, 'paragraph', 'p', 1),
    Object.assign(new Token('inline', '', 0), words),
    block(Token, 'paragraph', 'p', -1),
  ]
}

function block(Token: Tokens, name: string, tag: string, nesting: 1 | -1): Token {
  const type = `${name}_${nesting === 1 ? 'open' : 'close'}`
  return Object.assign(new Token(type, tag, nesting), { block: true })
}

interface Container {
  readonly isNote: boolean
  readonly title: string | undefined
}

/** Reads what stands behind the colons of an opening line; nothing if the line is text. */
function read(line: string): Container | undefined {
  const [, name = '', rest = ''] = OPENING.exec(line) ?? []
  const titles = TITLE.exec(rest.trimEnd().replace(ATTRIBUTES, '').trimEnd())
  if (name === '' || titles === null) return undefined
  const [, inBrackets, behind] = titles
  const own = NAMELESS.test(name) ? undefined : (behind ?? titled(name))
  return { isNote: NOTES.test(name), title: inBrackets ?? own }
}

/** What kind of note it is, as its title. */
export function titled(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1).toLowerCase()
}
