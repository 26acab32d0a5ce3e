// The page for a request that could not be answered: what is wrong, and where to go instead.
import type { FC } from 'hono/jsx'
import type { Link } from '../domain/article.ts'
import type { Publication } from '../domain/publication.ts'
import { Layout } from './layout.tsx'
import { textsFor } from './texts.ts'

interface ErrorProps {
  readonly publication: Publication
  readonly status: number
  readonly title: string
  readonly detail: string
  readonly links: readonly Link[]
}

export const ErrorPage: FC<ErrorProps> = ({ publication, status, title, detail, links }) => (
  <Layout publication={publication} title={title}>
    <h1>
      {status} {title}
    </h1>
    <p>{detail}</p>
    {links.length === 0 ? null : (
      <>
        <p>{textsFor(publication.language).perhaps}</p>
        <ul>
          {links.map(({ title, url }) => (
            <li>
              <a href={url}>{title}</a>
            </li>
          ))}
        </ul>
      </>
    )}
  </Layout>
)
