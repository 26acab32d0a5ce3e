// The page of an article that has no other: everything that its entry in a feed says.
import type { Child, FC } from 'hono/jsx'
import { addressOf, printAddress, urlsOf } from '../domain/address.ts'
import type { Article, Link, Picture } from '../domain/article.ts'
import type { Catalog } from '../domain/catalog.ts'
import type { Category } from '../domain/category.ts'
import { labelOf, schemeName } from '../domain/description.ts'
import type { Entry } from '../domain/entries.ts'
import { EVERYTHING, withTerm } from '../domain/filter.ts'
import { grouped } from '../domain/grouped.ts'
import { ArticleData } from './article-data.tsx'
import type { Edition } from './edition.ts'
import { Recordings } from './entry-list.tsx'
import { discoverable, discoverEverything, type FeedLink } from './feed-links.tsx'
import { Figure } from './figure.tsx'
import { inLanguage } from './in-language.ts'
import { cleaned, Layout } from './layout.tsx'
import { isMessage } from './messages.ts'
import { Person } from './person.tsx'
import { Time } from './time.tsx'

interface ArticleProps {
  readonly edition: Edition
  readonly catalog: Catalog
  readonly entry: Entry
}

export const ArticlePage: FC<ArticleProps> = ({
  edition,
  catalog,
  entry: { article, related },
}) => {
  const { publication, language, say } = edition
  const { contact } = publication
  const rights = [
    article.rights.copyright,
    article.rights.reprint,
    article.rights.disclaimer,
  ].filter(Boolean)
  // Rights that an article doesn't state are those of the site, in its language.
  const ofSite = Object.values(publication.rights)
  const isBeside = isOutside(article.html)
  const inText = article.pictures.filter((picture) => !isBeside(picture))
  return (
    <Layout
      edition={edition}
      title={article.title}
      {...(article.summary === undefined ? {} : { description: article.summary })}
      canonical={article.link}
      unlisted={!article.hasOwnPage}
      feeds={[...nearestFeeds(catalog, article), ...discoverEverything(publication)]}
      about={<ArticleData publication={publication} article={article} />}
    >
      <article class="article" {...inLanguage(article.language)}>
        <header class="head">
          {article.sections.length === 0 ? null : (
            <nav class="breadcrumb" aria-label={say('breadcrumb')}>
              {article.sections.map((path) => (
                <ol>
                  {path.map((section) => (
                    <li>
                      <Term catalog={catalog} category={section} />
                    </li>
                  ))}
                </ol>
              ))}
            </nav>
          )}
          <h1>{article.title}</h1>
          <Byline edition={edition} catalog={catalog} article={article} />
        </header>
        {article.pictures.filter(isBeside).map((picture) => (
          <Figure edition={edition} picture={picture} />
        ))}
        <Recordings recordings={article.recordings.filter(isBeside)} />
        <div class="body">{cleaned(article.html)}</div>
        <Credits edition={edition} pictures={inText} />
        <footer class="end" {...inLanguage(language)}>
          {article.hasOwnPage ? null : <Elsewhere edition={edition} article={article} />}
          {article.tags.length === 0 ? null : (
            <section aria-labelledby="page-tags">
              <h2 id="page-tags">{schemeName('tags', language)}</h2>
              <ul class="tags" lang={article.language}>
                {article.tags.map((tag) => (
                  <li>
                    <Term catalog={catalog} category={tag} />
                  </li>
                ))}
              </ul>
            </section>
          )}
          <Links name="sources" edition={edition} article={article} links={article.sources} />
          <Links name="related" edition={edition} article={article} links={related} />
          {rights.length === 0 && contact === undefined ? null : (
            <section class="rights" aria-labelledby="page-rights">
              <h2 id="page-rights">{say('rights')}</h2>
              {rights.map((line) => (
                <p {...inLanguage(ofSite.includes(line) ? publication.language : article.language)}>
                  {line}
                </p>
              ))}
              {contact === undefined ? null : (
                <p>
                  <Person edition={edition} message="takedown" {...contact} />
                </p>
              )}
            </section>
          )}
        </footer>
      </article>
    </Layout>
  )
}

/** The feeds that the article stands in, the narrowest first: of its sections, else of its first tag. */
function nearestFeeds(catalog: Catalog, { sections, tags }: Article): FeedLink[] {
  const { title, base, zone, formats } = catalog.publication
  const hasFeed = (category: Category) => isCurrent(catalog, category)
  const inSections = sections.flatMap((path) => path.findLast(hasFeed) ?? [])
  const nearest = inSections.length > 0 ? inSections : tags.filter(hasFeed).slice(0, 1)
  return nearest.flatMap(({ scheme, term }) => {
    const address = addressOf(withTerm(EVERYTHING, scheme, term), 'html')
    const called = `${title} · ${labelOf(catalog, scheme, term)}`
    return discoverable(called, urlsOf(address, base, zone), formats)
  })
}

const Byline: FC<{ edition: Edition; catalog: Catalog; article: Article }> = ({
  edition,
  catalog,
  article,
}) => {
  const { say, language } = edition
  const roles = grouped(article.contributors, ({ role }) => role)
  const authors = article.authors.map(({ term, name }, at) => (
    <>
      {at === 0 ? null : edition.separator}
      <Term catalog={catalog} category={{ scheme: 'authors', term, label: name }} />
    </>
  ))
  return (
    <p class="byline">
      {authors.length === 0 ? null : (
        <span class="author" {...inLanguage(language)}>
          {edition.parts('by').map((part) => ('text' in part ? part.text : authors))}
        </span>
      )}
      {[...roles].map(([role, people]) => (
        <span {...inLanguage(language)}>
          {say('role.as', {
            role: roleName(edition, role),
            names: people.map(({ name }) => name),
          })}
        </span>
      ))}
      <Time edition={edition} instant={article.published} message="published" />
      {article.updated > article.published ? (
        <Time edition={edition} instant={article.updated} message="updated" />
      ) : null}
    </p>
  )
}

/** The credits of pictures that stand in the text, where they have only the captions that it gives them. */
const Credits: FC<{ edition: Edition; pictures: readonly Picture[] }> = ({
  edition: { say, language },
  pictures,
}) => {
  const credits = new Set(pictures.flatMap(({ credit }) => credit ?? []))
  if (credits.size === 0) return null
  return (
    <p class="byline">
      <span {...inLanguage(language)}>{say('photo', { credit: [...credits] })}</span>
    </p>
  )
}

/** A desk's own word for a role stays as it is. */
function roleName({ say }: Edition, role: string): string {
  const key = `role.${role.toLowerCase()}`
  return isMessage(key) ? say(key) : role
}

/** Whether a picture or a recording stands outside the body. */
function isOutside(html: string): (shown: { readonly url: string }) => boolean {
  // Escaped as in bodies, which hast-util-to-html prints.
  return ({ url }) =>
    !html.includes(` src="${url.replaceAll('&', '&#x26;').replaceAll("'", '&#x27;')}"`)
}

const Elsewhere: FC<{ edition: Edition; article: Article }> = ({ edition, article }) => (
  <p class="aside">
    {edition
      .parts('elsewhere')
      .map(
        (part): Child =>
          'text' in part ? part.text : <a href={article.link}>{new URL(article.link).host}</a>,
      )}
  </p>
)

interface LinksProps {
  readonly name: 'sources' | 'related'
  readonly edition: Edition
  readonly article: Article
  readonly links: readonly (Partial<Link> & { readonly title: string })[]
}

const Links: FC<LinksProps> = ({ name, edition, article, links }) =>
  links.length === 0 ? null : (
    <section aria-labelledby={`page-${name}`}>
      <h2 id={`page-${name}`}>{edition.say(name)}</h2>
      {/* Below their heading, from where the page's words begin; each title runs its own way. */}
      <ul lang={article.language}>
        {links.map(({ title, url }) => (
          <li>
            {url === undefined ? (
              <bdi>{title}</bdi>
            ) : (
              <a href={url} dir="auto">
                {title}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  )

const Term: FC<{ catalog: Catalog; category: Category }> = ({ catalog, category }) => {
  const { scheme, term, label } = category
  if (!isCurrent(catalog, category)) return <bdi>{label}</bdi>
  const { base, zone } = catalog.publication
  return (
    <a
      href={base + printAddress(addressOf(withTerm(EVERYTHING, scheme, term), 'html'), zone)}
      dir="auto"
    >
      {label}
    </a>
  )
}

/** Whether a term has a feed. Articles may still name one that was retired. */
function isCurrent({ terms }: Catalog, { scheme, term }: Category): boolean {
  return terms[scheme].has(term)
}
