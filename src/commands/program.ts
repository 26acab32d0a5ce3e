// Which program this is: what one version kept for itself, another must not trust.
import { hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { PROGRAM_FOLDER } from '../program-folder.ts'

/** Files in which package managers note what they installed. */
const INSTALLED = ['.package-lock.json', '.modules.yaml', '.yarn-state.yml']

/** Where readings are kept in a folder of state. */
export function keptIn(state: string): { file: string; program: string } {
  return { file: readingsIn(state), program: programMark() }
}

export function readingsIn(state: string): string {
  return path.join(state, 'readings')
}

/**
 * A mark that differs where anything of the program, its libraries or Node does. Read synchronously, since nothing else can
 * begin before it is known.
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

/** Empty for folders, and for what only another package manager would have left. */
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
