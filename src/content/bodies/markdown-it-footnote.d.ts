// The types of markdown-it-footnote, which brings none for this version of markdown-it.
declare module 'markdown-it-footnote' {
  import type MarkdownIt from 'markdown-it'
  export default function footnotes(markdown: MarkdownIt): void
}
