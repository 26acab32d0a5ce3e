// Where what must outlive the process is kept: never in the content folder, which is the editors'.
import { createHash } from 'node:crypto'
import { access, constants, mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'

/**
 * The folder for a publication's state: what the operator names, else what systemd gives (`STATE_DIRECTORY`), else
 * one of the user's own for each content folder (XDG base directories).
 */
export function statePath(
  named: string | undefined,
  content: string,
  environment: NodeJS.ProcessEnv,
): string {
  return path.resolve(
    named ?? environment.STATE_DIRECTORY?.split(':')[0] ?? usersOwn(content, environment),
  )
}

/** The folder, made where it isn't there; nothing, with the reason told, where nothing can be written to it. */
export async function openState(
  folder: string,
  tell: (sentence: string) => void,
): Promise<string | undefined> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.W_OK)
    return folder
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message
    tell(
      `Nothing can be kept in ${folder} (${reason}): what changes while no server runs has no date of its own. Name another folder with --state.`,
    )
    return undefined
  }
}

function usersOwn(content: string, environment: NodeJS.ProcessEnv): string {
  const base = environment.XDG_STATE_HOME || path.join(homedir(), '.local/state')
  const mark = createHash('sha256').update(content).digest('hex').slice(0, 8)
  return path.join(base, 'gazette', `${path.basename(content)}-${mark}`)
}
