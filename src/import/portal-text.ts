// A portal's page as plain text: its lines are all there is, and each that tells a fact leaves the body.
import { count, type Facts, type Found, given, once, type Reading, type Tally } from './imported.ts'
import { readLines, type Told } from './portal.ts'

export function readPortalText(text: string): Reading {
  const unplaced: Tally = new Map()
  return {
    kind: 'page as plain text',
    expected: 1,
    found: [readText(text, unplaced)],
    skipped: new Map(),
    unplaced,
  }
}

function readText(text: string, unplaced: Tally): Found {
  const lines = text.split(/\r\n?|\n/).map((line) => ({ text: line }))
  const told = readLines(lines)
  const titleAt = lines.findIndex(
    ({ text }, at) => !told.told.has(at) && text.trim() !== '' && told.title !== undefined,
  )
  const body = lines
    .filter((_, at) => at !== titleAt && !told.told.has(at))
    .map((line) => line.text.trim())
    .join('\n')
    .trim()
  // Without pictures, who took them is a fact of the article.
  const photographers = told.credits.map(({ name }) => ({ name, role: 'photographer' }))
  const facts = factsOf(told, photographers, unplaced)
  return {
    facts: given({ ...facts, title: told.title }),
    body: { form: 'text', source: body },
    remarks: dateRemarks(told),
  }
}

/** What lines tell, as fields of a record. */
export function factsOf(told: Told, photographers: Told['contributors'], unplaced: Tally): Facts {
  if (told.relatedTitles.length > 0) {
    count(unplaced, 'related article without an address', told.relatedTitles.length)
  }
  return given({
    published: told.published,
    updated: told.updated,
    sections: told.section === undefined || told.section.length === 0 ? [] : [told.section],
    tags: [...new Set(told.tags)],
    authors: [...new Set(told.authors)].map((name) => ({ name })),
    contributors: once(
      [...told.contributors, ...photographers],
      ({ name, role }) => `${role} ${name}`,
    ),
    sources: once(told.sources, ({ title }) => title),
    related: once(told.related, ({ url }) => url),
    rights: Object.keys(told.rights).length === 0 ? undefined : told.rights,
  })
}

export function dateRemarks({
  published,
  yearless,
}: Pick<Told, 'published' | 'yearless'>): string[] {
  return published === undefined && yearless !== undefined
    ? [`“${yearless}” has no year, and is not taken for its date.`]
    : []
}
