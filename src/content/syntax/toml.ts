// Values read from TOML, and the place at which each stands; its dates stay as they were written.
import { type AST, ParseError, parseTOML } from 'toml-eslint-parser'
import type { FieldPath } from '../problem.ts'
import { type Located, lazily, nearest } from './located.ts'
import { UnreadableSource } from './source.ts'

/**
 * The values of a TOML text (1.0); dates and times are texts, since a local one is in no zone yet.
 * @param firstLine the line of the file at which the text begins.
 * @throws UnreadableSource at the spot where it can't be read.
 */
export function readToml(text: string, firstLine: number): Located {
  const { value } = readTree(text, firstLine)
  // Only a problem needs places; keeping them would cost more memory than the text.
  const again = lazily(() => readTree(text, firstLine))
  return {
    value,
    locate(path) {
      const { places } = again()
      const { line, column } = nearest(path, (inner) => places.get(keyOf(inner))) ?? BEGINNING
      return { line: line + firstLine - 1, column: column + 1 }
    },
  }
}

type Places = Map<string, AST.Position>

const BEGINNING: AST.Position = { line: 1, column: 0 }

function readTree(text: string, firstLine: number): { value: unknown; places: Places } {
  const places: Places = new Map()
  const root = Object.create(null) as Record<string, unknown>
  for (const node of parse(text, firstLine).body[0].body) {
    if (node.type === 'TOMLKeyValue') {
      assign(root, [], node, places)
      continue
    }
    places.set(keyOf(node.resolvedKey), node.loc.start)
    const table = at(root, node.resolvedKey)
    for (const pair of node.body) assign(table, node.resolvedKey, pair, places)
  }
  return { value: root, places }
}

function parse(text: string, firstLine: number): AST.TOMLProgram {
  try {
    return parseTOML(text)
  } catch (error) {
    if (error instanceof RangeError)
      throw new UnreadableSource('This is no TOML: it is nested too deeply.', firstLine, 1)
    if (!(error instanceof ParseError)) throw error
    const { message, lineNumber, column } = error
    throw new UnreadableSource(
      `This is no TOML: ${message}.`,
      lineNumber + firstLine - 1,
      column + 1,
    )
  }
}

function assign(
  table: Record<string, unknown>,
  within: FieldPath,
  { key, value }: AST.TOMLKeyValue,
  places: Places,
): void {
  const names = key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value))
  const path = [...within, ...names]
  at(table, names.slice(0, -1))[names.at(-1) as string] = read(value, path, places)
}

/** The table at a path; those on the way are made where they aren't there. */
function at(table: Record<string, unknown>, path: FieldPath): Record<string, unknown> {
  let inner = table
  path.forEach((key, depth) => {
    inner[key] ??= typeof path[depth + 1] === 'number' ? [] : Object.create(null)
    inner = inner[key] as Record<string, unknown>
  })
  return inner
}

function read(node: AST.TOMLContentNode, path: FieldPath, places: Places): unknown {
  places.set(keyOf(path), node.loc.start)
  if (node.type === 'TOMLArray')
    return node.elements.map((element, index) => read(element, [...path, index], places))
  if (node.type === 'TOMLInlineTable') {
    const table = Object.create(null) as Record<string, unknown>
    for (const pair of node.body) assign(table, path, pair, places)
    return table
  }
  if ('datetime' in node) return node.datetime
  // A number that we would print in another way may be a name: 007, 1.0.
  if ('number' in node) return String(node.value) === node.number ? node.value : node.number
  return node.value
}

function keyOf(path: FieldPath): string {
  return JSON.stringify(path)
}
