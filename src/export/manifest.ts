// The manifest of an export: what lies in its folder, for the next export and for whoever deploys it.
import { z } from 'zod'

/** Its path under the folder of the export. */
export const MANIFEST_FILE = '.gazette/manifest.json'

const exportedFile = z.object({
  /** Path under the folder. */
  file: z.string(),
  /** The path at which it is served, percent-encoded. */
  path: z.string(),
  bytes: z.number(),
  sha256: z.string(),
  /** Whether its `.gz` and `.br` lie beside it. */
  packed: z.boolean(),
  /** What the host should send with it. */
  headers: z.custom<Readonly<Record<string, string>>>(isTexts),
  /** A digest of what it was made from, where there is one. */
  from: z.string().optional(),
})
export type ExportedFile = z.infer<typeof exportedFile>

const manifest = z.object({
  /** Whether the export came to its end; if not, nothing in the folder is certain. */
  finished: z.boolean(),
  /** The mark of the program that wrote it: another may make other files from the same content. */
  program: z.string().optional(),
  base: z.string(),
  files: z.array(exportedFile),
  /** Paths that are redirected for good, and the URLs that they lead to. */
  moved: z.array(z.object({ path: z.string(), to: z.string() })),
  /** Paths of what is no more. */
  gone: z.array(z.string()),
})
export type Manifest = z.infer<typeof manifest>

/** Nothing where the text is no manifest of ours. */
export function readManifest(text: string): Manifest | undefined {
  try {
    return manifest.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Checked, not copied: for twelve thousand files zod's records take half as long as all the rest. */
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
