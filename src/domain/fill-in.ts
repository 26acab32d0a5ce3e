// Sentences with places in them, such as `{name}`.

/** A place that nothing is given for stays as it is, and so does what looks like one in a value. */
export function fillIn(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place)
}
