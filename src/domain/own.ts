// Looking names up that somebody else chose, in tables that are plain objects.

/** What a table has under a name; nothing of what every object has, such as `constructor`. */
export function own<Value>(
  table: Readonly<Record<string, Value>>,
  name: string,
): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
