// The terms of one scheme in the feed builder: each can be included or left out.
import type { Child, FC } from 'hono/jsx'
import { BUILDER_FOLDER } from '../domain/address.ts'
import type { Catalog } from '../domain/catalog.ts'
import type { Scheme } from '../domain/category.ts'
import { labelOf, schemeName } from '../domain/description.ts'
import { hasTerms } from '../domain/filter.ts'
import { parameterOf } from '../domain/filter-parameters.ts'
import { type KnownTerm, termsInUse } from '../domain/term-index.ts'
import { type BuilderState, LOOKING_SUFFIX, MATCH_SUFFIX } from './builder-state.ts'
import type { Edition } from './edition.ts'
import { findTerms } from './find-terms.ts'
import { asName } from './in-language.ts'
import { pathTo } from './layout.tsx'
import { byUse } from './term-lists.tsx'

interface TermChoicesProps {
  readonly edition: Edition
  readonly catalog: Catalog
  readonly state: BuilderState
  readonly scheme: Scheme
}

/** Terms that are shown without being looked for, and most that are found. */
const SHOWN: Readonly<Record<Scheme, number>> = {
  tags: 30,
  sections: 40,
  authors: 12,
  languages: 12,
}
const MOST_FOUND = 40

export const TermChoices: FC<TermChoicesProps> = (props) => {
  const { edition, catalog, state, scheme } = props
  const { publication, say, language } = edition
  const name = parameterOf(scheme)
  const place = `page-choose-${name}`
  const { all, none } = state.address.filter.terms[scheme]
  // One group of several is "any"; several groups are "all", each a choice of its own.
  const [only = []] = all
  const isAny = all.length === 1 && only.length > 1
  const included = isAny ? only.map((term) => [term]) : all
  const looking = state.looking[scheme]
  const nameOf = (term: string) => termName(edition, catalog, scheme, term)
  // Languages go by what the pages call them, and by their tags.
  const byTag = scheme === 'languages' ? (term: string) => `${nameOf(term)} ${term}` : undefined
  const found =
    looking === '' ? [] : findTerms(catalog, scheme, looking, byTag).slice(0, MOST_FOUND)
  const terms = shownTerms(props, found)
  if (terms.length === 0) return null
  const isIncluded = (term: string) =>
    included.some((group) => group.length === 1 && group[0] === term)
  return (
    <Choosing
      id={place}
      name={schemeName(scheme, language)}
      isOpen={scheme === 'tags' || hasTerms({ all, none }) || looking !== ''}
    >
      <p class="match">
        {say('build.match')}{' '}
        {(['all', 'any'] as const).map((match) => (
          <label class="radio">
            <input
              type="radio"
              name={name + MATCH_SUFFIX}
              value={match}
              // No article is in two languages, and few are in two sections or by two authors.
              checked={(match === 'any') === (isAny || (all.length < 2 && scheme !== 'tags'))}
            />{' '}
            {say(`build.${match}`)}
          </label>
        ))}
      </p>
      {looking === '' || found.length > 0 ? null : (
        <p class="empty">{say('build.none', { query: looking })}</p>
      )}
      <ul class="choices">
        {included
          .filter((group) => group.length > 1)
          .map((group) => (
            <Choice
              edition={edition}
              name={name}
              value={group.join(',')}
              label={group.map(nameOf).join(' / ')}
              isIncluded
            />
          ))}
        {terms.map(({ term, count }) => (
          <Choice
            edition={edition}
            name={name}
            value={term}
            label={nameOf(term)}
            count={count}
            isIncluded={isIncluded(term)}
            isExcluded={none.includes(term)}
          />
        ))}
      </ul>
      {termsInUse(catalog, scheme).length <= SHOWN[scheme] ? null : (
        <p class="looking">
          <label for={`page-look-${name}`}>{say('build.more.how')}</label>
          <input
            id={`page-look-${name}`}
            type="search"
            name={name + LOOKING_SUFFIX}
            value={looking}
            maxlength={100}
          />
          <button type="submit" formaction={`${pathTo(publication, BUILDER_FOLDER)}#${place}`}>
            {say('build.more')}
          </button>
        </p>
      )}
    </Choosing>
  )
}

interface ChoosingProps {
  readonly id?: string
  readonly name: string
  readonly isOpen: boolean
  readonly children?: Child
}

/** A part of the form, closed where nothing in it is chosen. */
export const Choosing: FC<ChoosingProps> = ({ id, name, isOpen, children }) => (
  <details id={id} class="choosing" open={isOpen}>
    <summary>{name}</summary>
    <fieldset>
      <legend class="unseen">{name}</legend>
      {children}
    </fieldset>
  </details>
)

interface ChoiceProps {
  readonly edition: Edition
  readonly name: string
  readonly value: string
  readonly label: string
  readonly count?: number
  readonly isIncluded?: boolean
  readonly isExcluded?: boolean
}

const Choice: FC<ChoiceProps> = ({
  edition: { publication, say, number },
  name,
  value,
  label,
  count,
  isIncluded = false,
  isExcluded = false,
}) => (
  <li>
    <label class="pick include" title={say('build.include')}>
      <input type="checkbox" name={name} value={value} checked={isIncluded} />
      <span class="sign" aria-hidden="true" />
      <span class="unseen">{say('build.include.term', { term: label })}</span>
    </label>
    <label class="pick exclude" title={say('build.exclude')}>
      <input type="checkbox" name={name} value={`-${value}`} checked={isExcluded} />
      <span class="sign" aria-hidden="true" />
      <span class="unseen">{say('build.exclude.term', { term: label })}</span>
    </label>
    <span class="choice" {...asName(publication.language)}>
      {label}
    </span>
    {count === undefined ? null : <span class="count">{number(count)}</span>}
  </li>
)

/** Terms that were found first, then those chosen and those used most; sections in the order of their tree. */
function shownTerms(
  { catalog, state, scheme }: TermChoicesProps,
  found: readonly KnownTerm[],
): KnownTerm[] {
  const known = catalog.terms[scheme]
  const { all, none } = state.address.filter.terms[scheme]
  const chosen = [...all.flat(), ...none].flatMap((term) => known.get(term) ?? [])
  const used = byUse(termsInUse(catalog, scheme)).slice(0, SHOWN[scheme])
  const others = [...chosen, ...used]
  if (scheme === 'sections') others.sort((a, b) => (a.term < b.term ? -1 : 1))
  return [...new Set([...found, ...others])]
}

function termName(edition: Edition, catalog: Catalog, scheme: Scheme, term: string): string {
  if (scheme !== 'languages') return labelOf(catalog, scheme, term)
  // Without extensions and private use (RFC 5646 §2.2.6): Node 22 names none that has one, and a range may be cut within one.
  const [tag = term] = term.split(/-[a-z\d]-/)
  return new Intl.DisplayNames(edition.language, { type: 'language' }).of(tag) ?? term
}
