// The manifest of an export: what lies in the folder, for the next export and for whoever deploys it.
import { z } from 'zod'

/** Where it lies, and what helps hosts to serve the export, under its folder. */
export const MANIFEST_FILE = '.gazette/manifest.json'

const exportedFile = z.object({
  /** Path under the folder. */
  file: z.string(),
  /** Where it is served, below the host, percent-encoded. */
  path: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  /** Whether its `.gz` and `.br` lie beside it. */
  packed: z.boolean(),
  /** What the host should send with it. */
  headers: z.custom<Readonly<Record<string, string>>>(isTexts),
  /** A digest of what it was made from, where that is told without making it. */
  from: z.string().optional(),
})
export type ExportedFile = z.infer<typeof exportedFile>

const manifest = z.object({
  /** Whether the export that wrote it came to its end; where not, nothing in the folder is sure. */
  finished: z.boolean(),
  /** Which program that was: another may make other files of the same. */
  program: z.string().optional(),
  base: z.string(),
  files: z.array(exportedFile),
  /** Paths that lead elsewhere for good, and the URLs that they lead to. */
  moved: z.array(z.object({ path: z.string(), to: z.string() })),
  /** Paths of what is no more. */
  gone: z.array(z.string()),
})
export type Manifest = z.infer<typeof manifest>

/** Nothing where it is none of ours. */
export function readManifest(text: string): Manifest | undefined {
  try {
    return manifest.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Looked at rather than copied: of twelve thousand files, zod's own way takes half as long as all the rest. */
function isTexts(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === 'string')
  )
}

export function printManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, undefined, 1)}\n`
}
