// Which program this is: what one kept for itself is nothing that another may trust.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** What package managers leave where they install, so that they know it again. */
const INSTALLED = ['.package-lock.json', '.modules.yaml', '.yarn-state.yml']

/** Where readings are kept in a folder of state. */
export async function keptIn(state: string): Promise<{ file: string; program: string }> {
  return { file: readingsIn(state), program: await programMark() }
}

export function readingsIn(state: string): string {
  return path.join(state, 'readings')
}

/** Differs where anything of the program, of its libraries or of Node does. */
export async function programMark(): Promise<string> {
  const own = path.dirname(import.meta.dirname)
  const names = (await readdir(own, { recursive: true })).sort()
  const above = ancestors(own).flatMap((folder) =>
    INSTALLED.map((name) => path.join(folder, 'node_modules', name)),
  )
  const files = [...names.map((name) => path.join(own, name)), ...above]
  // Folders, and what another package manager would have left, say nothing.
  const texts = await Promise.all(files.map((file) => readFile(file).catch(() => '')))
  const digests = texts.map((text) => createHash('sha256').update(text).digest('base64url'))
  const told = JSON.stringify([process.versions, files, digests])
  return createHash('sha256').update(told).digest('base64url')
}

function ancestors(folder: string): string[] {
  const above = path.dirname(folder)
  return above === folder ? [folder] : [folder, ...ancestors(above)]
}
