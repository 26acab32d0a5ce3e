// Which program this is: what one kept for itself is nothing that another may trust.
import { hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { PROGRAM_FOLDER } from '../program-folder.ts'

/** What package managers leave where they install, so that they know it again. */
const INSTALLED = ['.package-lock.json', '.modules.yaml', '.yarn-state.yml']

/** Where readings are kept in a folder of state. */
export function keptIn(state: string): { file: string; program: string } {
  return { file: readingsIn(state), program: programMark() }
}

export function readingsIn(state: string): string {
  return path.join(state, 'readings')
}

/**
 * Differs where anything of the program, of its libraries or of Node does. Read at once, since nothing else can begin before
 * it is known.
 */
export function programMark(): string {
  const names = readdirSync(PROGRAM_FOLDER, { recursive: true, encoding: 'utf8' }).sort()
  const above = ancestors(PROGRAM_FOLDER).flatMap((folder) =>
    INSTALLED.map((name) => path.join(folder, 'node_modules', name)),
  )
  const files = [...names.map((name) => path.join(PROGRAM_FOLDER, name)), ...above]
  const digests = files.map((file) => hash('sha256', contentOf(file), 'base64url'))
  return hash('sha256', JSON.stringify([process.versions, files, digests]), 'base64url')
}

/** Folders, and what another package manager would have left, say nothing. */
function contentOf(file: string): Uint8Array | '' {
  try {
    return readFileSync(file)
  } catch {
    return ''
  }
}

function ancestors(folder: string): string[] {
  const above = path.dirname(folder)
  return above === folder ? [folder] : [folder, ...ancestors(above)]
}
