// The tree of a Markdown body from its tokens: writing and parsing HTML instead took as long as finding the tokens.
import type { Element, Properties, Root, RootContent } from 'hast'
import type { MarkdownIt, Token } from 'markdown-it'

/** Elements of a body, and elements open at once; a tree within both is within the parser's bounds. */
const MOST = 10_000
const DEEPEST = 200

/** A comment (HTML §13.1.6), as those that end an excerpt: the only HTML of many bodies that have any. */
const COMMENT = /^<!--(?!-?>)((?:(?!--!?>).)*)-->(\s*)$/s

/** A tree while it grows: what is added stands in the element that was entered last. */
interface Growing {
  enter(tagName: string, properties?: Properties): void
  leave(): void
  add(node: RootContent): void
  addText(value: string): void
  /** Nothing where only the parser can tell what it would be. */
  grown(): Root | undefined
  giveUp(): void
}

/**
 * What the parser makes of the HTML that the library writes for these tokens.
 * @returns nothing where only the parser can tell, as where there is HTML, or where it may be too much for it.
 */
export function treeOf(
  tokens: Token[],
  { renderer, options, utils }: MarkdownIt,
): Root | undefined {
  const tree = grow()
  const walk = (some: Token[]) => {
    for (const [at, token] of some.entries()) {
      if (tree.grown() === undefined) return
      const add = ADD[token.type]
      if (token.type === 'inline') walk(token.children ?? [])
      else if (token.type === 'fence') addCode(token, tree, utils.unescapeAll(token.info))
      else if (add !== undefined) add(token, tree)
      else if (token.type === 'image') {
        token.attrSet('alt', renderer.renderInlineAsText(token.children ?? [], options, {}))
        addElement(token, tree, sizeOf(token))
      } else if (renderer.rules[token.type] !== undefined) tree.giveUp()
      else {
        // The library knows where it breaks lines.
        const written = token.block ? renderer.renderToken(some, at, options) : undefined
        if (written === '') continue
        if (written?.startsWith('\n')) tree.addText('\n')
        addElement(token, tree)
        if (written?.endsWith('\n')) tree.addText('\n')
      }
    }
  }
  walk(tokens)
  return tree.grown()
}

const ADD: Readonly<Record<string, (token: Token, tree: Growing) => void>> = {
  text: ({ content }, tree) => tree.addText(content),
  softbreak: (_, tree) => tree.addText('\n'),
  hardbreak(_, tree) {
    addHolding('br', '', tree)
    tree.addText('\n')
  },
  code_inline: ({ content }, tree) => addHolding('code', content, tree),
  code_block: (token, tree) => addCode(token, tree),
  html_block: addComment,
  html_inline: addComment,
}

function addHolding(tagName: string, text: string, tree: Growing, properties?: Properties): void {
  tree.enter(tagName, properties)
  tree.addText(text)
  tree.leave()
}

/** @param info what stands behind the opening fence. */
function addCode({ content }: Token, tree: Growing, info = ''): void {
  const [language = ''] = info.trim().split(/\s/, 1)
  tree.enter('pre')
  addHolding('code', content, tree, language === '' ? {} : { className: [`language-${language}`] })
  tree.leave()
  tree.addText('\n')
}

function addComment({ content }: Token, tree: Growing): void {
  const [, value, after = ''] = COMMENT.exec(content) ?? []
  if (value === undefined) tree.giveUp()
  else tree.add({ type: 'comment', value })
  tree.addText(after)
}

function addElement({ tag, attrs, nesting }: Token, tree: Growing, more?: Properties): void {
  if (nesting >= 0) tree.enter(tag, Object.assign(Object.fromEntries(attrs ?? []), more))
  if (nesting <= 0) tree.leave()
}

/** Pixels, which are numbers to the parser. */
function sizeOf({ attrs }: Token): Properties {
  const sizes = attrs?.filter(([name]) => name === 'width' || name === 'height') ?? []
  return Object.fromEntries(sizes.map(([name, value]) => [name, Number(value)]))
}

function grow(): Growing {
  const root: Root = { type: 'root', children: [], data: { quirksMode: false } }
  let parent: Root | Element = root
  const above: (Root | Element)[] = []
  let elements = 0
  let links = 0
  let isCertain = true
  const add = (node: RootContent) => {
    ;(parent as Root).children.push(node)
  }
  // Written, a carriage return is the end of a line to the parser.
  const isKept = (text: unknown) => !String(text).includes('\r')
  return {
    add,
    addText(value) {
      isCertain &&= isKept(value)
      const last = parent.children.at(-1)
      if (last?.type === 'text') last.value += value
      else if (value !== '') add({ type: 'text', value })
    },
    enter(tagName, properties = {}) {
      elements += 1
      if (tagName === 'a') links += 1
      const isBounded = elements <= MOST && above.length <= DEEPEST
      // A link in a link ends it.
      isCertain &&= isBounded && links <= 1 && Object.values(properties).every(isKept)
      const element: Element = { type: 'element', tagName, properties, children: [] }
      add(element)
      above.push(parent)
      parent = element
    },
    leave() {
      if ((parent as Element).tagName === 'a') links -= 1
      parent = above.pop() ?? root
    },
    giveUp() {
      isCertain = false
    },
    grown: () => (isCertain ? root : undefined),
  }
}
