// The page of an article that has no other: everything that its entry in a feed says.
import type { FC } from 'hono/jsx'
import { addressOf, printAddress, urlsOf } from '../domain/address.ts'
import type { Link, Picture } from '../domain/article.ts'
import type { Entry } from '../domain/catalog.ts'
import type { Category } from '../domain/category.ts'
import { schemeName } from '../domain/description.ts'
import { EVERYTHING, withTerm } from '../domain/filter.ts'
import type { Publication } from '../domain/publication.ts'
import { discoverable } from './feed-links.tsx'
import { cleaned, Layout } from './layout.tsx'
import { type Texts, textsFor } from './texts.ts'
import { Time } from './time.tsx'

export const ArticlePage: FC<{ publication: Publication; entry: Entry }> = ({
  publication,
  entry,
}) => {
  const { article, related } = entry
  const texts = textsFor(publication.language)
  const lines = [
    article.rights.copyright,
    article.rights.reprint,
    article.rights.disclaimer,
  ].filter(Boolean)
  return (
    <Layout
      publication={publication}
      title={article.title}
      language={article.language}
      {...(article.summary === undefined ? {} : { description: article.summary })}
      canonical={article.link}
      feeds={discoverable(
        publication.title,
        urlsOf(addressOf(EVERYTHING, 'html'), publication.base, publication.zone),
      )}
    >
      <article>
        {article.sections.map((path) => (
          <p class="path">
            {path.map((section, at) => [
              at === 0 ? '' : ' › ',
              <Term publication={publication} category={section} />,
            ])}
          </p>
        ))}
        <h1>{article.title}</h1>
        <p class="byline">
          <Time instant={article.published} publication={publication} />
          {article.authors.map(({ name }) => ` · ${name}`)}
          {article.contributors.map(({ name, role }) => ` · ${texts.roles[role] ?? role} ${name}`)}
          {article.updated > article.published ? (
            <>
              {` · ${texts.updated} `}
              <Time instant={article.updated} publication={publication} />
            </>
          ) : null}
        </p>
        {article.pictures.filter(isOutside(article.html)).map((picture) => (
          <Figure picture={picture} texts={texts} />
        ))}
        {article.recordings.map(({ url, type, title }) =>
          type.startsWith('video/') ? (
            <video controls src={url} title={title} />
          ) : (
            <audio controls src={url} title={title} />
          ),
        )}
        <div class="body">{cleaned(article.html)}</div>
        <Links heading={texts.sources} links={article.sources} />
        <Links heading={texts.related} links={related} />
        {article.tags.length === 0 ? null : (
          <p>
            {schemeName('tags', publication.language)}{' '}
            {article.tags.map((tag) => [' ', <Term publication={publication} category={tag} />])}
          </p>
        )}
        {lines.map((line) => (
          <p class="rights">{line}</p>
        ))}
      </article>
    </Layout>
  )
}

/** Whether a picture doesn't stand in the body already. */
function isOutside(html: string): (picture: Picture) => boolean {
  return ({ url }) => !html.includes(` src="${url}"`)
}

const Figure: FC<{ picture: Picture; texts: Texts }> = ({
  picture: { url, alt, caption, credit, width, height },
  texts,
}) => (
  <figure>
    <img src={url} alt={alt ?? ''} width={width} height={height} />
    {caption === undefined && credit === undefined ? null : (
      <figcaption>
        {[caption, credit && texts.photo(credit)].filter(Boolean).join(' · ')}
      </figcaption>
    )}
  </figure>
)

const Links: FC<{ heading: string; links: readonly (Partial<Link> & { title: string })[] }> = ({
  heading,
  links,
}) =>
  links.length === 0 ? null : (
    <>
      <h2>{heading}</h2>
      <ul>
        {links.map(({ title, url }) => (
          <li>{url === undefined ? title : <a href={url}>{title}</a>}</li>
        ))}
      </ul>
    </>
  )

const Term: FC<{ publication: Publication; category: Category }> = ({
  publication,
  category: { scheme, term, label },
}) => (
  <a
    href={
      publication.base +
      printAddress(addressOf(withTerm(EVERYTHING, scheme, term), 'html'), publication.zone)
    }
  >
    {label}
  </a>
)
