// The known terms nearest to one that nobody ever used: what the person who typed it may have meant.
import leven from 'leven'
import type { KnownTerm } from '../domain/catalog.ts'

const MOST = 5

/** At most five terms, nearest first, of those that differ by less than half of their characters. */
export function nearestTerms(term: string, known: readonly KnownTerm[]): KnownTerm[] {
  const furthest = Math.max(1, Math.floor(term.length / 2))
  return known
    .map((candidate) => ({ candidate, distance: distance(term, candidate.term, furthest) }))
    .filter(({ distance }) => distance <= furthest)
    .sort((a, b) => a.distance - b.distance || b.candidate.count - a.candidate.count)
    .slice(0, MOST)
    .map(({ candidate }) => candidate)
}

/** One where one term stands within the other, else the edits between them, as far as they can matter. */
function distance(term: string, candidate: string, furthest: number): number {
  if (term.length > 1 && (candidate.includes(term) || term.includes(candidate))) return 1
  if (Math.abs(term.length - candidate.length) > furthest) return Infinity
  return leven(term, candidate, { maxDistance: furthest + 1 })
}
