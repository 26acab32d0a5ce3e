// Values read from a text, YAML or JSON, and the place in it at which each stands.
import {
  findNodeAtLocation,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser'
import { type Alias, type Document, isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import type { FieldPath } from './problem.ts'
import { UnreadableSource } from './source.ts'

export interface Place {
  /** From 1, both. */
  readonly line: number
  readonly column: number
}

export interface Located {
  readonly value: unknown
  /** Where the value of a path stands; of the nearest value around it where the path itself isn't there. */
  readonly locate: (path: FieldPath) => Place
}

/** A file that repeats its aliases more often is an attack, not a record. */
const MOST_ALIASES = 100

/**
 * The values of YAML front matter.
 * @param firstLine the line of the file at which the text begins.
 * @throws UnreadableSource at the spot where it can't be read.
 */
export function readYaml(text: string, firstLine: number): Located {
  const { document, place } = parseYaml(text, firstLine)
  const [error] = document.errors
  if (error !== undefined) {
    throw unreadableAt(`The front matter is no YAML: ${error.message}.`, place(error.pos[0]))
  }
  const repeated = repeatedKey(document)
  if (repeated !== undefined)
    throw unreadableAt('The front matter is no YAML: the same key stands twice.', place(repeated))
  const value = toValue(document, place)
  // Only a problem needs places; keeping the tree would cost more memory than the text.
  const again = lazily(() => parseYaml(text, firstLine))
  return {
    value,
    locate(path) {
      const { document, place } = again()
      return place(nearest(path, (inner) => yamlOffset(document, inner)))
    },
  }
}

function parseYaml(text: string, firstLine: number) {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    // It compares each key with all before it; `repeatedKey` looks each up.
    uniqueKeys: false,
    logLevel: 'error',
  })
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: line + firstLine - 1, column: col }
  }
  return { document, place }
}

/** The offset of the first key that stands in its map already. */
function repeatedKey(document: Document): number | undefined {
  let offset: number | undefined
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        if (seen.has(key.value)) offset = key.range?.[0]
        seen.add(key.value)
      }
      return offset === undefined ? undefined : visit.BREAK
    },
  })
  return offset
}

/** Aliases are resolved here, so here they can lead nowhere, or to more than a record can hold. */
function toValue(document: Document, place: (offset: number) => Place): unknown {
  visit(document, {
    // A number that is written otherwise than we would print it may be a name: 007, 1.0.
    Scalar(_, node) {
      const { value, source } = node
      if (typeof value === 'number' && source !== undefined && String(value) !== source)
        node.value = source
    },
  })
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES })
  } catch (error) {
    throw unreadableAt(
      `The front matter can't be read: ${(error as Error).message}.`,
      place(aliasOffset(document)),
    )
  }
}

/** The first alias that means nothing, else the first of all. */
function aliasOffset(document: Document): number {
  const aliases: Alias[] = []
  visit(document, { Alias: (_, alias) => void aliases.push(alias) })
  const wrong = aliases.find((alias) => alias.resolve(document) === undefined) ?? aliases[0]
  return wrong?.range?.[0] ?? 0
}

/** Where the value of a path begins; of a key without a value, where the key does. */
function yamlOffset(document: Document, path: FieldPath): number | undefined {
  const value = document.getIn(path, true) as { range?: [number, number, number] } | undefined
  const isEmpty = isScalar(value) && value.source === ''
  if (value?.range != null && !isEmpty) return value.range[0]
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (!isMap(parent)) return undefined
  const pair = parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined
}

/**
 * The values of a JSON text, as `JSON.parse` reads them.
 * @param firstLine the line of the file at which the text begins.
 * @throws UnreadableSource at the spot where it can't be read.
 */
export function readJson(text: string, firstLine = 1): Located {
  try {
    const value: unknown = JSON.parse(text)
    // Only a problem needs places, and finding them costs more than the values.
    const tree = lazily(() => treeOf(text, []))
    return {
      value,
      locate: (path) =>
        placeIn(
          text,
          nearest(path, (inner) => jsonOffset(tree(), inner)),
          firstLine,
        ),
    }
  } catch {
    const errors: ParseError[] = []
    treeOf(text, errors)
    const [{ error, offset } = { error: undefined, offset: 0 }] = errors
    const reason = error === undefined ? "it can't be parsed" : printParseErrorCode(error)
    throw unreadableAt(`This is no JSON: ${reason}.`, placeIn(text, offset, firstLine))
  }
}

function treeOf(text: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(text, errors, { disallowComments: true })
  } catch (error) {
    // Nested too deeply to say where anything stands.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function jsonOffset(tree: Node | undefined, path: FieldPath): number | undefined {
  return tree && findNodeAtLocation(tree, [...path])?.offset
}

function placeIn(text: string, offset: number, firstLine: number): Place {
  const before = text.slice(0, offset).split('\n')
  return { line: firstLine + before.length - 1, column: (before.at(-1)?.length ?? 0) + 1 }
}

/** The offset of a path or of the innermost value around it; the text's beginning where there is none. */
function nearest(path: FieldPath, offsetOf: (path: FieldPath) => number | undefined): number {
  for (let length = path.length; length > 0; length--) {
    const offset = offsetOf(path.slice(0, length))
    if (offset !== undefined) return offset
  }
  return 0
}

function unreadableAt(sentence: string, { line, column }: Place): UnreadableSource {
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
