// The files that the pages load beside their HTML: one stylesheet and one script, as they lie in `assets/`.
import { readFileSync, statSync } from 'node:fs'
import type { Instant } from '../domain/article.ts'

interface Asset {
  /** Below the base URL. */
  readonly path: string
  readonly mediaType: string
  readonly body: Uint8Array<ArrayBuffer>
  readonly changed: Instant
}

export const STYLESHEET = 'assets/style.css'
export const SCRIPT = 'assets/page.js'

const TYPES = {
  [STYLESHEET]: 'text/css; charset=utf-8',
  [SCRIPT]: 'text/javascript; charset=utf-8',
}

export function readAssets(): Asset[] {
  return Object.entries(TYPES).map(([path, mediaType]) => {
    const file = new URL(path, import.meta.url)
    return { path, mediaType, body: readFileSync(file), changed: statSync(file).mtimeMs }
  })
}
