// What is measured, in turns, as rows; and the rows as one table.
import path from 'node:path'
import { parseArgs } from 'node:util'

/*
 * A row: `what` took `value` of a `unit` (at `most` so much is the goal), and `against` what else did the same in the
 * same run: its `name` and `value`, and the `ratio`: how many times better ours is (at `least` so many is the goal).
 */

/** The middle one. */
export function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1]
}

/** What each of several ways costs, in turns, so that whatever else the machine does is the same for all. */
export async function inTurns(rounds, ways) {
  const costs = Object.fromEntries(Object.keys(ways).map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, way] of Object.entries(ways)) costs[name].push(await way(round))
  }
  return costs
}

/**
 * The row of what one of several ways costs, beside the others: medians, also of the ratios, which are of each round.
 * @param costs as `inTurns` gives them.
 * @param pick which of the numbers of one turn is meant.
 * @param least the goals for ratios, by the names of the others.
 */
export function compared(what, unit, costs, own, { pick = (cost) => cost, least = {}, most } = {}) {
  const ours = costs[own].map(pick)
  const against = Object.keys(costs)
    .filter((name) => name !== own)
    .map((name) => {
      const theirs = costs[name].map(pick)
      const ratio = median(theirs.map((cost, at) => cost / ours[at]))
      return { name, value: median(theirs), ratio, ...goal('least', least[name]) }
    })
  return { what, value: median(ours), unit, ...goal('most', most), against }
}

export function row(what, value, unit, most) {
  return { what, value, unit, ...goal('most', most), against: [] }
}

function goal(name, value) {
  return value === undefined ? {} : { [name]: value }
}

/** Three digits of a number, or all that stand before the point. */
export function digits(number) {
  return number >= 100 ? Math.round(number).toLocaleString('en') : String(+number.toPrecision(3))
}

/** @param answers each with its `name` and `rows`. */
export function printTable(answers) {
  const lines = [
    ['', 'Gazette', '(goal)', 'how many times better than … (goal)'],
    ...answers.flatMap(({ name, rows }) => [
      [name],
      ...rows.map(({ what, value, unit, most, against }) => [
        `  ${what}`,
        `${digits(value)} ${unit}`.trim(),
        most === undefined ? '' : `≤ ${digits(most)}`,
        ...against.map(
          ({ name: other, ratio, least }) =>
            `${digits(ratio)} × ${other}${least === undefined ? '' : ` (≥ ${least})`}`,
        ),
      ]),
    ]),
  ]
  const columns = Math.max(...lines.map((line) => line.length))
  const widths = Array.from({ length: columns }, (_, at) =>
    // A title takes what room there is.
    Math.max(...lines.slice(1).map((line) => (line.length === 1 ? 0 : (line[at] ?? '').length)), 0),
  )
  widths[1] = Math.max(widths[1], 'Gazette'.length)
  widths[2] = Math.max(widths[2], '(goal)'.length)
  for (const line of lines) {
    const cells = line.map((cell, at) =>
      at === 1 ? cell.padStart(widths[at]) : cell.padEnd(widths[at]),
    )
    console.log(cells.join('  ').trimEnd())
  }
}

/**
 * A question's own command line, where it is what was started: its sizes are options, `--full` asks for the large ones.
 * @param meta `import.meta` of its module.
 */
export async function askedAlone(meta, question, sizes) {
  if (process.argv[1] !== meta.filename) return
  const name = path.basename(meta.filename, '.mjs')
  const { values } = parseArgs({
    options: {
      full: { type: 'boolean' },
      json: { type: 'boolean' },
      ...Object.fromEntries(Object.keys(sizes.quick).map((key) => [key, { type: 'string' }])),
    },
  })
  const { full, json, ...given } = values
  const said = Object.entries(given).map(([key, text]) => [key, Number(text)])
  const rows = await question({
    ...(full ? sizes.full : sizes.quick),
    ...Object.fromEntries(said),
  })
  if (json) console.log(JSON.stringify([{ name, rows }], undefined, 2))
  else printTable([{ name, rows }])
}
