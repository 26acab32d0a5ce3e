// The folder for what must outlive the process: never in the content folder, which belongs to the editors.
import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { access, constants, mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { UsageError } from './options.ts'

/**
 * The folder for a publication's state: what the operator names, else what systemd gives (`STATE_DIRECTORY`), else
 * one of the user's own for each content folder (XDG base directories).
 * @throws UsageError where it lies in the content folder.
 */
export function statePath(
  named: string | undefined,
  content: string,
  environment: NodeJS.ProcessEnv,
): string {
  const given = named ?? environment.STATE_DIRECTORY?.split(':')[0]
  keepOutside(content, 'state', given)
  return path.resolve(given ?? usersOwn(content, environment))
}

/**
 * A log in the content folder would change the folder, which would be logged, and so on.
 * @throws UsageError
 */
export function keepOutside(content: string, option: string, value: string | undefined): void {
  if (value !== undefined && isWithin(value, content))
    throw new UsageError(`--${option} should lie outside the content folder; found "${value}".`)
}

/** Whether a path leads to a folder, or to something in it. */
export function isWithin(inner: string, outer: string): boolean {
  const [within, around] = [inner, outer].map((one) => leadsTo(path.resolve(one)) + path.sep)
  return (within as string).startsWith(around as string)
}

/** A path with its links followed, as far as it exists. */
function leadsTo(file: string): string {
  try {
    return realpathSync.native(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return path.join(leadsTo(path.dirname(file)), path.basename(file))
  }
}

/** The folder, made if need be; where it can't be written to, nothing, and the reason is told. */
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
