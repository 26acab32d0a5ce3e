// Values read from YAML, fast by one parser, and the place at which each stands, and what is wrong, by another.
import { FAILSAFE_SCHEMA, load, Type } from 'js-yaml'
import type { Alias, Document, Pair, Scalar } from 'yaml'
import type { FieldPath } from '../problem.ts'
import { yaml } from './late.ts'
import { type Located, lazily, nearest, type Place, unreadableAt } from './located.ts'
import { mistakeIn, offsetOf } from './yaml-mistakes.ts'

/** A file that repeats its aliases more often is an attack, not a record. */
const MOST_ALIASES = 100

/** Is told of a key that stands in its map already, where the last one counts. */
export type OnRepeated = (key: string, place: Place) => void

/** For what another generator reads as well, and takes without a word. */
export const takeLast: OnRepeated = () => {}

/**
 * The values of a YAML text.
 * @param firstLine the line of the file at which the text begins.
 * @param onRepeated without it, a key that stands twice is a mistake.
 * @throws UnreadableSource at the spot where it can't be read.
 */
export function readYaml(text: string, firstLine: number, onRepeated?: OnRepeated): Located {
  // Only a problem needs places; keeping the tree would cost more memory than the text.
  const again = lazily(() => parseYaml(text, firstLine))
  return {
    value: quickValue(text) ?? carefulValue(text, firstLine, onRepeated),
    locate(path) {
      const { document, place } = again()
      return place(nearest(path, (inner) => yamlOffset(document, inner)) ?? 0)
    },
  }
}

/** What the two parsers read differently, or only one of them refuses as an attack; most records have nothing of it. */
const DISPUTED = new RegExp(
  [
    // Aliases, tags, tabs, byte-order marks.
    String.raw`[&*\t\uFEFF]|(?:^|[\s,[{])!`,
    // Odd keys, directives, lists that begin in a list's line, documents.
    String.raw`^[ -]*(?:[?:%~]|<<|null[ ]*:)|^[ ]*- +-|^(?:---|\.\.\.)|[,[{]\s*(?:[:?~]|<<|null)|[\]}]\s*:`,
    // Block scalars that say how they are indented, or keep the lines behind them.
    String.raw`[|>][-\d]*[+\d]`,
  ].join('|'),
  'im',
)

/** The tags of YAML's core schema, by the very expressions that `yaml` has for them (YAML 1.2.2 §10.3.2). */
const NULL = /^(?:~|[Nn]ull|NULL)?$/
const BOOL = /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/
const NUMBER =
  /^(?:0o[0-7]+|[-+]?[0-9]+|0x[0-9a-fA-F]+|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)$/

const CORE_SCHEMA = FAILSAFE_SCHEMA.extend({
  implicit: [
    scalar('null', NULL, () => null),
    scalar('bool', BOOL, (source) => /^t/i.test(source)),
    scalar('float', NUMBER, (source) =>
      String(Number(source)) === source ? Number(source) : source,
    ),
  ],
})

function scalar(name: string, test: RegExp, construct: (source: string) => unknown): Type {
  const resolve = (source: unknown) => typeof source === 'string' && test.test(source)
  return new Type(`tag:yaml.org,2002:${name}`, { kind: 'scalar', resolve, construct })
}

/** What `carefulValue` gives, in an eighth of the time; nothing if that one has to decide. */
export function quickValue(text: string): unknown {
  if (DISPUTED.test(text)) return undefined
  try {
    const value = load(text, { schema: CORE_SCHEMA })
    // A text that is a single scalar, which is no record, they may read differently too.
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** @throws UnreadableSource */
export function carefulValue(text: string, firstLine: number, onRepeated?: OnRepeated): unknown {
  const { document, place, repeated } = parseYaml(text, firstLine)
  const [error] = document.errors
  if (error !== undefined) {
    const offset = offsetOf(error, document)
    throw unreadableAt(`This is no YAML: ${mistakeIn(text, error.message, offset)}.`, place(offset))
  }
  for (const { value, range } of repeated) {
    const where = place(range?.[0] ?? 0)
    if (onRepeated === undefined)
      throw unreadableAt('This is no YAML: the same key stands twice.', where)
    onRepeated(String(value), where)
  }
  return toValue(text, document, place)
}

function parseYaml(text: string, firstLine: number) {
  const lines = new (yaml().LineCounter)()
  const document = yaml().parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    // The library's check compares each key with all before it; `withoutRepeated` looks each up.
    uniqueKeys: false,
    // No part of YAML 1.2, but generators read merge keys, and one may make a record a draft.
    merge: true,
    logLevel: 'error',
  })
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line: line + firstLine - 1, column: col }
  }
  return { document, place, repeated: withoutRepeated(document) }
}

/** Leaves the last of each key in its map, and tells the keys that stood there already. */
function withoutRepeated(document: Document): Scalar[] {
  const { isScalar, visit } = yaml()
  const repeated: Scalar[] = []
  visit(document, {
    Map(_, map) {
      const last = new Map<unknown, Pair>()
      const before = repeated.length
      for (const pair of map.items) {
        if (!isScalar(pair.key)) continue
        if (last.has(pair.key.value)) repeated.push(pair.key)
        last.set(pair.key.value, pair)
      }
      if (repeated.length > before)
        map.items = map.items.filter(
          (pair) => !isScalar(pair.key) || last.get(pair.key.value) === pair,
        )
    },
  })
  return repeated
}

/** Resolves aliases, which may lead nowhere, or to more than a record can hold. */
function toValue(text: string, document: Document, place: (offset: number) => Place): unknown {
  yaml().visit(document, {
    // A number that we would print in another way may be a name: 007, 1.0.
    Scalar(_, node) {
      const { value, source } = node
      if (typeof value === 'number' && source !== undefined && String(value) !== source)
        node.value = source
    },
  })
  try {
    return document.toJS({ maxAliasCount: MOST_ALIASES })
  } catch (error) {
    const offset = aliasOffset(document)
    throw unreadableAt(
      `This YAML can't be read: ${mistakeIn(text, (error as Error).message, offset)}.`,
      place(offset),
    )
  }
}

/** The first alias that means nothing, else the first of all. */
function aliasOffset(document: Document): number {
  const aliases: Alias[] = []
  yaml().visit(document, { Alias: (_, alias) => void aliases.push(alias) })
  const wrong = aliases.find((alias) => alias.resolve(document) === undefined) ?? aliases[0]
  return wrong?.range?.[0] ?? 0
}

/** Where the value of a path begins; of a key without a value, where the key does. */
function yamlOffset(document: Document, path: FieldPath): number | undefined {
  const { isMap, isScalar } = yaml()
  const value = document.getIn(path, true) as { range?: [number, number, number] } | undefined
  const isEmpty = isScalar(value) && value.source === ''
  if (value?.range != null && !isEmpty) return value.range[0]
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (!isMap(parent)) return undefined
  const pair = parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
  return isScalar(pair?.key) ? pair.key.range?.[0] : undefined
}
