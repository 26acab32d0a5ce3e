// Advice about terms that are spelt in two ways, so that each feed has only a part of the articles.
import type { Article } from '../../domain/article.ts'
import type { Catalog } from '../../domain/catalog.ts'
import { sectionTerm, slug } from '../../domain/category.ts'
import { currentTerm, type Publication } from '../../domain/publication.ts'
import type { KnownTerm } from '../../domain/term-index.ts'
import type { ArticleSource } from '../articles/making.ts'
import { type Content, sourceOf } from '../folder/folder.ts'
import { type FieldPath, type Problem, problem } from '../problem.ts'
import { SITE_FILE } from '../site/site.ts'
import { nearTerms } from './near-terms.ts'

const NOUNS = { tags: 'tag', sections: 'section', authors: 'author' } as const

type NamedScheme = keyof typeof NOUNS

/** Warns of terms that are almost the same as another, at an article that uses them. */
export function adviseTerms(
  scheme: NamedScheme,
  { terms, publication }: Catalog,
  articles: readonly Article[],
  content: Content,
  problems: Problem[],
): void {
  const notes = publication.taxonomy[scheme]
  // Naming both in site.yaml means both.
  const found = nearTerms(terms[scheme].values()).filter(
    ({ term, near }) => !notes.has(term.term) || !notes.has(near.term),
  )
  if (found.length === 0) return
  const users = firstUsers(scheme, articles)
  for (const { term, near } of found) {
    const user = users.get(term.term)
    const source = user && sourceOf(content, user)
    const sentence = `"${term.term}" (${counted(term)}) and "${near.term}" (${counted(near)}) are almost the same ${NOUNS[scheme]}. If they mean one thing, write "${term.term}: { renamedTo: ${near.term} }" under taxonomy.${scheme} in ${SITE_FILE}; if not, name both there.`
    if (source === undefined) {
      problems.push(problem('near-terms', { file: SITE_FILE, field: 'taxonomy', sentence }))
    } else {
      const path = pathOf(scheme, term.term, source, publication)
      source.record.reportTo(problems)('near-terms', path, sentence)
    }
  }
}

function counted({ count }: KnownTerm): string {
  return `${count} ${count === 1 ? 'article' : 'articles'}`
}

/** The first article that uses each term of a scheme. */
function firstUsers(scheme: NamedScheme, articles: readonly Article[]): Map<string, Article> {
  const users = new Map<string, Article>()
  for (const article of articles) {
    const terms =
      scheme === 'authors'
        ? article.authors
        : scheme === 'tags'
          ? article.tags
          : article.sections.flat()
    for (const { term } of terms) if (!users.has(term)) users.set(term, article)
  }
  return users
}

/** Where a record names a term. */
function pathOf(
  scheme: NamedScheme,
  term: string,
  { record: { checked } }: ArticleSource,
  { taxonomy }: Publication,
): FieldPath {
  const isMeant = (written: string) => currentTerm(taxonomy, scheme, written) === term
  const at = (list: readonly string[]) => {
    const found = list.findIndex(isMeant)
    return found < 0 ? [scheme] : [scheme, found]
  }
  if (scheme === 'tags') return at((checked?.tags ?? []).map(slug))
  if (scheme === 'authors') return at((checked?.authors ?? []).map(({ name }) => slug(name)))
  const isWithin = (path: readonly string[]) => `${sectionTerm(path)}/`.startsWith(`${term}/`)
  const found = (checked?.sections ?? []).findIndex(isWithin)
  return found < 0 ? ['section'] : ['sections', found]
}
