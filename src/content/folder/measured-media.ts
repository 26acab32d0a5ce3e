// The media files of a folder, pictures with their sizes in pixels: each is measured when an article first asks for it.
import path from 'node:path'
import { type FileFacts, measure } from '../articles/files.ts'
import type { FileReading } from '../articles/making.ts'
import type { Library } from '../articles/shelf.ts'
import { mayPass } from '../syntax/source.ts'
import type { FolderMemory } from './memory.ts'

/** Which pictures were measured, and which the system refused. */
export type Measures = Pick<FolderMemory, 'measured' | 'refused'>

/**
 * @param media as the walk found them.
 * @param memory of earlier measures, which is brought up to date; it says which pictures the system refuses.
 */
export function measuredMedia(
  root: string,
  media: ReadonlyMap<string, FileFacts>,
  stamps: ReadonlyMap<string, string>,
  memory: Measures,
): Library['media'] {
  const { measured } = memory
  const refused = new Set<string>()
  memory.refused = refused
  const measureNow = (file: string, facts: FileFacts): FileFacts => {
    const stamp = stamps.get(file)
    try {
      const whole = { ...facts, ...measure(path.join(root, file)) }
      measured.set(file, { stamp, facts: whole })
      return whole
    } catch (error) {
      // It may be readable next time without having changed.
      if (mayPass(error)) refused.add(file)
      else measured.set(file, { stamp, facts })
      return facts
    }
  }
  return {
    get(file) {
      const facts = media.get(file)
      if (facts === undefined || !isPicture(facts)) return facts
      const known = measured.get(file)
      return known !== undefined && known.stamp === stamps.get(file)
        ? known.facts
        : measureNow(file, facts)
    },
  }
}

function isPicture({ type }: FileFacts): boolean {
  return type.startsWith('image/')
}

/** Keeps the measures of pictures that another thread took. */
export function keepMeasures(
  { made }: FileReading,
  stamps: ReadonlyMap<string, string>,
  { measured }: FolderMemory,
): void {
  for (const [file, facts] of made?.asked.media ?? [])
    if (facts !== undefined && isPicture(facts))
      measured.set(file, { stamp: stamps.get(file), facts })
}
