// Values read from a text, and the place in it at which each stands; the reading of JSON.
import type { Node, ParseErrorCode } from 'jsonc-parser'
import { partition } from '../../domain/postings.ts'
import type { FieldPath } from '../problem.ts'
import { jsonMistake } from './json-mistakes.ts'
import { jsonc } from './late.ts'
import { UnreadableSource } from './source.ts'

export interface Place {
  /** From 1, both. */
  readonly line: number
  readonly column: number
}

export interface Located {
  readonly value: unknown
  /** Where the value of a path stands, or else the nearest value around it. */
  readonly locate: (path: FieldPath) => Place
}

/**
 * The values of a JSON text, as `JSON.parse` reads them.
 * @param firstLine the line of the file at which the text begins.
 * @throws UnreadableSource at the spot where it can't be read.
 */
export function readJson(text: string, firstLine = 1): Located {
  const placeOf = placesIn(text, firstLine)
  try {
    const value: unknown = JSON.parse(text)
    // Only a problem needs places, and finding them costs more than the values.
    const tree = lazily(() => treeOf(text))
    return {
      value,
      locate: (path) => placeOf(nearest(path, (inner) => jsonOffset(tree(), inner)) ?? 0),
    }
  } catch {
    const { error, offset } = firstError(text)
    const reason = error === undefined ? "it can't be parsed" : jsonMistake(error)
    throw unreadableAt(`This is no JSON: ${reason}.`, placeOf(offset))
  }
}

/** Found without a tree, which may take more memory than there is. */
function firstError(text: string): { error?: ParseErrorCode; offset: number } {
  let first: { error: ParseErrorCode; offset: number } | undefined
  const onError = (error: ParseErrorCode, offset: number) => {
    first ??= { error, offset }
  }
  try {
    jsonc().visit(text, { onError }, { disallowComments: true })
  } catch (error) {
    // Nested too deeply to be looked through to its end.
    if (!(error instanceof RangeError)) throw error
  }
  return first ?? { offset: 0 }
}

function treeOf(text: string): Node | undefined {
  try {
    return jsonc().parseTree(text, [], { disallowComments: true })
  } catch (error) {
    // Nested too deeply to say where anything stands.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function jsonOffset(tree: Node | undefined, path: FieldPath): number | undefined {
  return tree && jsonc().findNodeAtLocation(tree, [...path])?.offset
}

/**
 * The place of each offset in a text. Where its lines begin is found once: a file of many records may have a problem in
 * each of them.
 */
function placesIn(text: string, firstLine: number): (offset: number) => Place {
  const beginnings = lazily(() => [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)])
  return (offset) => {
    const lines = beginnings()
    const at = partition(lines.length, (line) => (lines[line] as number) <= offset) - 1
    return { line: Math.max(1, firstLine + at), column: offset - (lines[at] as number) + 1 }
  }
}

/** What is found for a path, or else for the innermost value around it. */
export function nearest<T>(
  path: FieldPath,
  find: (path: FieldPath) => T | undefined,
): T | undefined {
  for (let length = path.length; length > 0; length--) {
    const found = find(path.slice(0, length))
    if (found !== undefined) return found
  }
  return undefined
}

export function unreadableAt(sentence: string, { line, column }: Place): UnreadableSource {
  return new UnreadableSource(sentence, line, column)
}

/** What is made when it is first asked for. */
export function lazily<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
