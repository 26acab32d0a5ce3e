// Where what must outlive the process is kept: never in the content folder, which is the editors'.
import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'

/**
 * The folder for a publication's state, made where it isn't there: what the operator names, else what systemd
 * gives (`STATE_DIRECTORY`), else one of the user's own for each content folder (XDG base directories).
 */
export async function stateFolder(
  named: string | undefined,
  content: string,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const folder = statePath(named, content, environment)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return folder
}

/** Where that folder is or would be. */
export function statePath(
  named: string | undefined,
  content: string,
  environment: NodeJS.ProcessEnv,
): string {
  return named ?? environment.STATE_DIRECTORY?.split(':')[0] ?? usersOwn(content, environment)
}

function usersOwn(content: string, environment: NodeJS.ProcessEnv): string {
  const base = environment.XDG_STATE_HOME || path.join(homedir(), '.local/state')
  const mark = createHash('sha256').update(content).digest('hex').slice(0, 8)
  return path.join(base, 'gazette', `${path.basename(content)}-${mark}`)
}
