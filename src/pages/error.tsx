// The page for a request that could not be answered: what is wrong, and where to go instead.
import type { FC } from 'hono/jsx'
import type { Link } from '../domain/article.ts'
import type { Edition, Message } from './edition.ts'
import { Finder } from './finder.tsx'
import { asName, inLanguage } from './in-language.ts'
import { Layout } from './layout.tsx'
import type { ProblemTitle } from './messages.ts'

/** What is wrong this time, and what would be right: a message, or what the publication itself says. */
export type Detail = Message | { readonly words: string; readonly language: string }

/** @returns without a language where the words are the edition's. */
export function wordsOf(
  detail: Detail,
  { say }: Edition,
): { readonly words: string; readonly language?: string } {
  return 'words' in detail ? detail : { words: say(...detail) }
}

interface ErrorProps {
  readonly edition: Edition
  readonly status: number
  readonly title: ProblemTitle
  readonly detail: Detail
  readonly links: readonly Link[]
}

export const ErrorPage: FC<ErrorProps> = ({ edition, status, title, detail, links }) => {
  const { publication, say } = edition
  const heading = say(`problem.${title}`)
  const { words, language = edition.language } = wordsOf(detail, edition)
  return (
    <Layout edition={edition} title={heading} unlisted>
      <header class="head">
        <p class="status">{status}</p>
        <h1>{heading}</h1>
        <p {...inLanguage(language)}>{words}</p>
      </header>
      {links.length === 0 ? null : (
        <>
          <p>{say('perhaps')}</p>
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
        <a href={publication.base}>{say('home')}</a>
      </p>
    </Layout>
  )
}
