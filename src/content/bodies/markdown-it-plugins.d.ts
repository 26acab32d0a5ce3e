// The types of the Markdown plugins, which bring none for this version of markdown-it.
declare module 'markdown-it-container' {
  import type MarkdownIt from 'markdown-it'

  interface Options {
    /** @param line what stands behind the colons of a line that may begin one. */
    readonly validate: (line: string) => boolean
  }
  export default function container(markdown: MarkdownIt, name: string, options: Options): void
}

declare module 'markdown-it-footnote' {
  import type MarkdownIt from 'markdown-it'
  export default function footnotes(markdown: MarkdownIt): void
}
