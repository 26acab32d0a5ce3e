// How often a property is tried: a few times for those who wait for it, more often where nobody does.

/** `GAZETTE_RUNS` times as often as said. */
export function runs(few: number): number {
  return few * Number(process.env.GAZETTE_RUNS ?? 1)
}
