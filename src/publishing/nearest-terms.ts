// The known terms nearest to one that nobody ever used: what the person who typed it may have meant.
import leven from 'leven'
import type { KnownTerm } from '../domain/term-index.ts'

const MOST = 5

/** At most five terms, nearest first: those a few edits away, and those that hold the term or stand in it. */
export function nearestTerms(term: string, known: readonly KnownTerm[]): KnownTerm[] {
  const furthest = Math.max(1, Math.floor((term.length + 1) / 3))
  return known
    .map((candidate) => ({ candidate, distance: distance(term, candidate.term, furthest) }))
    .filter(({ distance }) => distance < Infinity)
    .sort((a, b) => a.distance - b.distance || b.candidate.count - a.candidate.count)
    .slice(0, MOST)
    .map(({ candidate }) => candidate)
}

function distance(term: string, candidate: string, furthest: number): number {
  const apart = Math.abs(term.length - candidate.length)
  const edits = apart > furthest ? Infinity : leven(term, candidate, { maxDistance: furthest + 1 })
  if (edits <= furthest) return edits
  return term.length > 1 && (candidate.includes(term) || term.includes(candidate))
    ? furthest + apart
    : Infinity
}
