// Every question, or those that are named, one after the other, as one table: `npm run bench -- serving start --full --json`.
import { parseArgs } from 'node:util'
import { printTable } from './rows.mjs'

/** In the order in which they are asked where none is named; each is a file of its own, which can be started alone. */
const QUESTIONS = ['serving', 'cold-feeds', 'start', 'change', 'memory', 'export', 'observers']
/** Asked by name only: it takes all there is of the machine for a while. */
const OTHERS = ['load']

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { full: { type: 'boolean' }, json: { type: 'boolean' } },
})
const names = positionals.length === 0 ? QUESTIONS : positionals
const unknown = names.find((name) => ![...QUESTIONS, ...OTHERS].includes(name))
if (unknown !== undefined) {
  console.error(`There is no "${unknown}" but ${[...QUESTIONS, ...OTHERS].join(', ')}.`)
  process.exit(2)
}
const answers = []
for (const name of names) {
  const { default: question, SIZES } = await import(`./${name}.mjs`)
  const began = performance.now()
  const rows = await question(values.full ? SIZES.full : SIZES.quick)
  answers.push({ name, rows })
  console.error(`${name} took ${((performance.now() - began) / 1_000).toFixed(0)} s`)
}
if (values.json) console.log(JSON.stringify(answers, undefined, 2))
else printTable(answers)
