// The least that a start or an export takes with these libraries, on all cores: each Markdown file is read, js-yaml reads its
// front matter, and markdown-it makes HTML of its body where that is asked for. Nothing is checked, cleaned or kept.
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import { isMainThread, Worker, workerData } from 'node:worker_threads'
import { load } from 'js-yaml'
import markdownIt from 'markdown-it'
import { complete } from './programs.mjs'

const FENCE = '\n---\n'

export const LEAST = 'the least'

/** @param wanted `values` of front matter alone, or `html` as well. */
export function takeLeast(content, wanted) {
  return complete(process.execPath, [import.meta.filename, content, wanted])
}

function share(content, wanted) {
  const files = readdirSync(content, { recursive: true })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(content, name))
  const threads = availableParallelism()
  for (let thread = 0; thread < threads; thread++) {
    const some = files.filter((_, at) => at % threads === thread)
    new Worker(import.meta.filename, { workerData: { files: some, wanted } })
  }
}

function work({ files, wanted }) {
  const markdown = markdownIt({ html: true, linkify: true })
  for (const file of files) {
    const text = readFileSync(file, 'utf8')
    const end = text.indexOf(FENCE)
    load(text.slice('---\n'.length, end))
    if (wanted === 'html') markdown.render(text.slice(end + FENCE.length))
  }
}

if (!isMainThread && workerData?.files !== undefined) work(workerData)
else if (process.argv[1] === import.meta.filename) share(...process.argv.slice(2))
