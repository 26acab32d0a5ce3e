// Records read beside a good one, which none of them may take down.
import { readFiles } from './folder.ts'

const GOOD = '---\ntitle: Good\npublished: 2026-01-01T08:00:00Z\n---\nGood text.\n'
export const MOMENT = 'published: 2026-03-09T08:30:00Z'

/** A Markdown file; the first line of the matter is the file's second. */
export function file(...matter: string[]): string {
  return `---\n${matter.join('\n')}\n---\nText.\n`
}

/** What is read of one file that stands beside a good one. */
export async function beside(files: Record<string, string>) {
  const { articles, problems } = await readFiles({ ...files, 'good.md': GOOD })
  return {
    titles: articles.map(({ title }) => title).sort(),
    articles,
    errors: problems.filter(({ severity }) => severity === 'error'),
    warnings: problems.filter(({ severity }) => severity === 'warning'),
  }
}
