// Terms with their feeds: sections as a tree, other terms by how much they are used.
import type { Child, FC } from 'hono/jsx'
import { type Address, addressOf, urlsOf } from '../domain/address.ts'
import { EVERYTHING, withTerm } from '../domain/filter.ts'
import type { KnownTerm } from '../domain/term-index.ts'
import type { Edition } from './edition.ts'
import { FeedLinks } from './feed-links.tsx'
import { asName } from './in-language.ts'

interface TermListProps {
  readonly edition: Edition
  readonly terms: readonly KnownTerm[]
  /** What a term is called where its label alone doesn't tell. */
  readonly nameOf?: (term: KnownTerm) => string
}

export const TermList: FC<TermListProps> = ({ edition, terms, nameOf = ({ label }) => label }) => (
  <ul class="terms">
    {terms.map((term) => (
      <li>
        <Term edition={edition} term={term} name={nameOf(term)} />
      </li>
    ))}
  </ul>
)

/** Sections, each below the one that holds it. */
export const SectionTree: FC<{ edition: Edition; sections: readonly KnownTerm[] }> = ({
  edition,
  sections,
}) => <ul class="terms tree">{branches(edition, sections, '')}</ul>

function branches(edition: Edition, sections: readonly KnownTerm[], above: string): Child[] {
  const depth = above === '' ? 1 : above.split('/').length + 1
  return sections
    .filter(({ term }) => term.startsWith(above === '' ? '' : `${above}/`))
    .filter(({ term }) => term.split('/').length === depth)
    .map((section) => {
      const below = branches(edition, sections, section.term)
      return (
        <li>
          <Term edition={edition} term={section} name={section.label} />
          {below.length === 0 ? null : <ul>{below}</ul>}
        </li>
      )
    })
}

const Term: FC<{ edition: Edition; term: KnownTerm; name: string }> = ({
  edition,
  term: { scheme, term, count },
  name,
}) => (
  <ListedFeed
    edition={edition}
    address={addressOf(withTerm(EVERYTHING, scheme, term), 'html')}
    name={name}
    count={count}
  />
)

interface ListedFeedProps {
  readonly edition: Edition
  readonly address: Address
  readonly name: string
  /** Of the name, where it isn't the publication's. */
  readonly language?: string
  /** Its articles. */
  readonly count?: number
}

/** A feed's name, which leads to its page, and its documents. */
export const ListedFeed: FC<ListedFeedProps> = ({
  edition,
  address,
  name,
  language = edition.publication.language,
  count,
}) => {
  const { publication, number } = edition
  const { html } = urlsOf(address, publication.base, publication.zone)
  return (
    <span class="term">
      <a href={html} {...asName(language)}>
        {name}
      </a>
      {count === undefined ? null : <span class="count">{number(count)}</span>}
      <FeedLinks publication={publication} address={address} name={name} />
    </span>
  )
}

/** Those used most first; equals keep their order. */
export function byUse(terms: Iterable<KnownTerm>): KnownTerm[] {
  return [...terms].sort((a, b) => b.count - a.count)
}
