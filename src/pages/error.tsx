// The page for a request that could not be answered: what is wrong, and where to go instead.
import type { FC } from 'hono/jsx'
import type { Link } from '../domain/article.ts'
import type { Edition } from './edition.ts'
import { Finder } from './finder.tsx'
import { asName, inLanguage } from './in-language.ts'
import { Layout } from './layout.tsx'
import { isMessage } from './messages.ts'

interface ErrorProps {
  readonly edition: Edition
  readonly status: number
  /** The kind of problem, in English. */
  readonly title: string
  /** What is wrong this time: the publication's own words, or English. */
  readonly detail: string
  readonly isOwnWords: boolean
  readonly links: readonly Link[]
}

export const ErrorPage: FC<ErrorProps> = ({
  edition,
  status,
  title,
  detail,
  isOwnWords,
  links,
}) => {
  const { publication, say } = edition
  const known = `problem.${title}`
  const heading = isMessage(known) ? say(known) : title
  return (
    <Layout edition={edition} title={heading} unlisted>
      <header class="head">
        <p class="status">{status}</p>
        <h1>{heading}</h1>
        <p {...inLanguage(isOwnWords ? publication.language : 'en')}>{detail}</p>
      </header>
      {links.length === 0 ? null : (
        <>
          <p>{say('problem.perhaps')}</p>
          <ul>
            {links.map(({ title, url }) => (
              <li>
                <a href={url} {...asName(publication.language)}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      {publication.answersQueries ? <Finder edition={edition} /> : null}
      <p>
        <a href={publication.base}>{say('problem.home')}</a>
      </p>
    </Layout>
  )
}
