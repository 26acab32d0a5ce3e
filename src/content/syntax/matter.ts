// The values of front matter, in whichever of its languages it is written.
import type { FrontMatter, MatterLanguage } from './front-matter.ts'
import { type Located, readJson } from './located.ts'
import { readToml } from './toml.ts'
import { readYaml } from './yaml.ts'

const READERS: Readonly<Record<MatterLanguage, (matter: string, firstLine: number) => Located>> = {
  yaml: readYaml,
  toml: readToml,
  json: readJson,
}

/** @throws UnreadableSource at the spot where it can't be read. */
export function valuesOf({ language, matter, firstLine }: Omit<FrontMatter, 'body'>): Located {
  return READERS[language](matter, firstLine)
}
