// The two validators that read XML documents as files: xmllint for well-formedness, jing for Atom's grammar.
import { type ExecFileException, execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const GRAMMAR = join(import.meta.dirname, 'atom.rnc')

export type Documents = Readonly<Record<string, string | Uint8Array>>
/** What a validator says of each document that it finds fault with, by the document's name. */
export type Complaints = Record<string, string[]>

export function malformed(documents: Documents): Promise<Complaints> {
  return complaintsOf('xmllint', ['--noout', '--nonet'], documents)
}

/** One call for all documents: starting the virtual machine takes longer than reading hundreds of feeds. */
export function againstAtomGrammar(documents: Documents): Promise<Complaints> {
  return complaintsOf('jing', ['-c', GRAMMAR], documents)
}

async function complaintsOf(
  program: string,
  options: readonly string[],
  documents: Documents,
): Promise<Complaints> {
  const folder = await mkdtemp(join(tmpdir(), 'gazette-validate-'))
  try {
    const names = Object.keys(documents)
    const files = names.map((_, at) => join(folder, `${at}.xml`))
    await Promise.all(files.map((file, at) => writeFile(file, documents[names[at] ?? ''] ?? '')))
    if (files.length === 0) throw new Error(`${program} was given no document`)
    const { output, passed } = await outcomeOf(program, [...options, ...files])
    const complaints: Complaints = {}
    for (const line of output.split('\n')) {
      const [, at, what] = /(?:^|\/)(\d+)\.xml:(\d.*)$/.exec(line) ?? []
      const name = at === undefined ? undefined : names[Number(at)]
      if (name === undefined || what === undefined) continue
      complaints[name] = [...(complaints[name] ?? []), what]
    }
    // A failure that names no document is the validator's own: its schema, its options.
    if (!passed && Object.keys(complaints).length === 0) throw new Error(`${program}: ${output}`)
    return complaints
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function outcomeOf(program: string, options: readonly string[]) {
  try {
    const { stdout, stderr } = await run(program, options, {
      maxBuffer: 1 << 26,
    })
    return { output: stdout + stderr, passed: true }
  } catch (error) {
    const { code, stdout, stderr } = error as ExecFileException
    // Only a program that ran and found fault has a number here; one that is missing has a name.
    if (typeof code !== 'number') throw error
    return { output: `${stdout}${stderr}`, passed: false }
  }
}
