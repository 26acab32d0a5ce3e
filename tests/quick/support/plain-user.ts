// Work done as a user who may not read everything: for the system's administrator no folder is closed.
import { chownSync, readdirSync } from 'node:fs'
import path from 'node:path'

/** The system's "nobody". */
const NOBODY = 65_534

/** @param folder which that user is to own, with all in it. */
export async function asPlainUser(folder: string, work: () => Promise<void>): Promise<void> {
  if (process.geteuid?.() !== 0) return work()
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  for (const name of ['', ...names]) chownSync(path.join(folder, name), NOBODY, NOBODY)
  process.seteuid?.(NOBODY)
  try {
    await work()
  } finally {
    process.seteuid?.(0)
  }
}
