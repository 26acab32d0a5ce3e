// The known terms nearest to one that nobody ever used: what the person who typed it may have meant.
import leven from 'leven'
import { sectionTerm } from '../domain/category.ts'
import type { TermNote } from '../domain/publication.ts'
import type { KnownTerm } from '../domain/term-index.ts'

const MOST = 5

/**
 * At most five terms, nearest first: those a few edits away, and those that contain the term or are part of it. Where the
 * publication gives a term another name, which is the one that people see, that counts as well.
 */
export function nearestTerms(
  term: string,
  known: readonly KnownTerm[],
  notes: ReadonlyMap<string, TermNote>,
): KnownTerm[] {
  const furthest = Math.max(1, Math.floor((term.length + 1) / 3))
  const apart = ({ term: other }: KnownTerm) => {
    const name = nameOf(other, notes.get(other))
    const byTerm = distance(term, other, furthest)
    return name === undefined ? byTerm : Math.min(byTerm, distance(term, name, furthest))
  }
  return known
    .map((candidate) => ({ candidate, distance: apart(candidate) }))
    .filter(({ distance }) => distance < Infinity)
    .sort((a, b) => a.distance - b.distance || b.candidate.count - a.candidate.count)
    .slice(0, MOST)
    .map(({ candidate }) => candidate)
}

/** The term that a publication's own name for another would be. */
function nameOf(term: string, note: TermNote | undefined): string | undefined {
  if (note?.label === undefined) return undefined
  return [...term.split('/').slice(0, -1), sectionTerm([note.label])].join('/')
}

function distance(term: string, candidate: string, furthest: number): number {
  const apart = Math.abs(term.length - candidate.length)
  const edits = apart > furthest ? Infinity : leven(term, candidate, { maxDistance: furthest + 1 })
  if (edits <= furthest) return edits
  return term.length > 1 && (candidate.includes(term) || term.includes(candidate))
    ? furthest + apart
    : Infinity
}
