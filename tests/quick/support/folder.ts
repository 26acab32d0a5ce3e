// A content folder written for one test, and removed after it.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { type Content, readFolder } from '../../../src/content/folder/folder.ts'
import type { SiteSettings } from '../../../src/content/site/site.ts'
import type { Article } from '../../../src/domain/article.ts'

const MEMORY = '/dev/shm'
/** Bytes; containers are often given 64 MB. */
const ENOUGH = 1e9
/** In memory, where the system has a folder there with room: on a disk, to make and remove one takes thirty times as long. */
const PLACE = existsSync(MEMORY) && freeIn(MEMORY) > ENOUGH ? MEMORY : tmpdir()

function freeIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** What folders are read with that say nothing of themselves. */
export const SETTINGS: SiteSettings & { address: string } = {
  address: 'http://127.0.0.1:8080/',
  name: 'folder',
}

type Files = Readonly<Record<string, string | Uint8Array>>

/** @param files their texts or bytes, by path. */
export function folderOf(files: Files): string {
  const root = written(files)
  onTestFinished(() => remove(root))
  return root
}

/**
 * A folder that its caller removes, since several tests share it. Written at once: a thousand folders are, and asking other
 * threads for each file takes five times as long.
 */
export function written(files: Files): string {
  const root = mkdtempSync(path.join(PLACE, 'gazette-'))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    writeFileSync(path.join(root, name), content)
  }
  return root
}

/** Whether or not it is there. */
export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

/** The paths of all files of a folder. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => path.relative(folder, path.join(one.parentPath, one.name)))
    .sort()
}

/** What a folder with these files is read as. */
export async function readFiles(
  files: Files,
  settings: Partial<SiteSettings> = {},
): Promise<Content> {
  return readFolder(folderOf(files), { ...SETTINGS, ...settings })
}

/** All that an article says, whatever kind of object it is. */
export function told(article: Article): object {
  const { html, text, summary } = article
  const { digest: _, ...facts } = article
  return { ...facts, html, text, summary }
}
