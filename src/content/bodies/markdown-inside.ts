// Elements in which kramdown reads Markdown, `<div markdown="1">`; others need a blank line behind the tag for that.
import type { MarkdownIt } from 'markdown-it'

/** Characters of a line; what is longer is no such tag, and would take `OPENING` its length squared. */
const LONGEST = 500

/** A tag alone in its line. */
const OPENING = /^<[a-z][\w-]*\b[^<>]*\smarkdown\s*=\s*["']?(?:1|block|span)\b[^<>]*>\s*$/i
const SUMMARY = /^<summary\b[^<>]*>.*<\/summary>\s*$/i

/** With `attributes` in the environment, the tag's line is a block of its own, and so is a summary's below it. */
export function markdownInside(markdown: MarkdownIt): void {
  markdown.block.ruler.before(
    'html_block',
    'markdown_inside',
    (state, from, _, isSilent) => {
      const indent = (state.sCount[from] ?? 0) - state.blkIndent
      const length = (state.eMarks[from] ?? 0) - (state.bMarks[from] ?? 0)
      if (state.env.attributes !== true || indent >= 4 || length > LONGEST) return false
      const line = state.getLines(from, from + 1, state.blkIndent, true)
      const written = line.trimStart()
      const above = state.tokens.at(-1)?.content ?? ''
      const isSummary = SUMMARY.test(written) && above.length <= LONGEST && OPENING.test(above)
      if (!isSummary && !OPENING.test(written)) return false
      if (isSilent) return true
      state.line = from + 1
      const token = state.push('html_block', '', 0)
      token.map = [from, state.line]
      token.content = line
      return true
    },
    { alt: ['paragraph', 'reference', 'blockquote'] },
  )
}
