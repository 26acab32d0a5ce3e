// People as bylines name them: one, several with commas and "and" between, with their offices, as maps.
import { remembered } from '../../domain/remembered.ts'
import { inOneLine } from '../syntax/text.ts'
import { isMap } from './maps.ts'

interface Named {
  readonly name: string
  readonly email?: string
  readonly url?: string
}

/** Words of an office or an employer, which follow a name behind a comma and are no second name. */
const OFFICE =
  /\b(analyst|architect|artist|assistant|associate|board|ceo|cfo|chair|chief|coo|consultant|contributor|correspondent|counsel|cto|designer|developer|director|doctor|editor|engineer|esq|executive|fellow|founder|foundation|head|inc|intern|investigator|jr|lawyer|lead|llc|ltd|manager|master|member|m\.?d|officer|ph\.?d|photographer|president|professor|programmer|reporter|researcher|scientist|secretary|specialist|sr|staff|student|teacher|team|translator|treasurer|university|vice|vp|writer)\b/i

/** The people; a value that names none stays as it is, for the schema to judge. */
export function readPeople(value: unknown): Named[] | undefined {
  if (value === undefined || value === null || value === '') return undefined
  if (Array.isArray(value)) {
    return value.filter((one) => one !== null && one !== '').map((one) => readPerson(one) as Named)
  }
  return typeof value === 'string' ? readByline(value) : [readPerson(value) as Named]
}

/** "A, B and C", "A & B", "A、B"; of "A, Director of B" the first is the name. Nothing in brackets parts two names. */
function readByline(text: string): Named[] {
  const brackets: string[] = []
  return inOneLine(text)
    .replace(/[(（][^()（）]*[)）]/g, (found) => `\0${brackets.push(found) - 1}\0`)
    .split(/\s+(?:and|und|et|y|&)\s+|\s*[;；、&]\s*/i)
    .flatMap((part) => {
      const [first = '', ...others] = part.split(/[,，]/).map((one) => one.trim())
      return others.some((other) => OFFICE.test(other)) ? [first] : [first, ...others]
    })
    .map((name) => name.replace(/^and\s+/i, '').trim())
    .filter((name) => name !== '')
    .map((name) => readPerson(name.replace(/\0(\d+)\0/g, (_, at) => brackets[at] ?? '')) as Named)
}

/** `Li Wei <li@portal.example>` and `Li Wei (Portal)`; of a map what says who it is. */
function readPerson(value: unknown): unknown {
  if (typeof value === 'string') return personNamed(value)
  if (!isMap(value)) return value
  // Docusaurus names those of a list of authors by their key there.
  const { key, name = key, email, link, url = link } = value
  return typeof name !== 'string'
    ? value
    : {
        name,
        ...(typeof email === 'string' && email !== '' ? { email } : {}),
        ...(typeof url === 'string' && /^https?:\/\//.test(url) ? { url } : {}),
      }
}

/** Docsy shows authors as Markdown: `[Li Wei](https://li.example) (Portal)`. */
const LINKED = /^\[([^[\]]+)\]\((https?:\/\/[^()\s]+)\)/
/** What stands in brackets behind a name, which may be a link. */
const BEHIND = /\s*[(（](?:[^()（）]|[(（][^()（）]*[)）])*[)）]$/

const personNamed = remembered(10_000, (written): Named => {
  const value = inOneLine(written)
  const [, linked, url] = LINKED.exec(value) ?? []
  if (linked !== undefined && url !== undefined) return { name: linked, url }
  const [, name, email] = /^(.+?)\s*<([^<>\s@]+@[^<>\s@]+)>$/.exec(value) ?? []
  if (name !== undefined && email !== undefined) return { name, email }
  return { name: value.replace(BEHIND, '') || value }
})
