// A content folder written for one test, and removed after it.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { type Content, readFolder } from '../../../src/content/folder.ts'
import type { SiteSettings } from '../../../src/content/site.ts'
import type { Article } from '../../../src/domain/article.ts'

const SETTINGS: SiteSettings = { address: 'http://127.0.0.1:8080/', name: 'folder' }

/** @param files their texts or bytes, by path. */
export async function folderOf(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  const root = await written(files)
  onTestFinished(() => rm(root, { recursive: true, force: true }))
  return root
}

/** A folder that its caller takes away, since several tests share it. */
export async function written(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'gazette-'))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true })
    await writeFile(path.join(root, name), content)
  }
  return root
}

/** What a folder with these files is read as. */
export async function readFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  settings: Partial<SiteSettings> = {},
): Promise<Content> {
  return readFolder(await folderOf(files), { ...SETTINGS, ...settings })
}

/** All that an article says, whatever kind of object it is. */
export function told(article: Article): object {
  const { html, text, summary } = article
  const { digest: _, ...facts } = article as Article & { digest?: string }
  return { ...facts, html, text, summary }
}
