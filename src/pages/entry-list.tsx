// Entries as a list for people: title, time, byline, summary.
import type { FC } from 'hono/jsx'
import type { Entry } from '../domain/catalog.ts'
import type { Publication } from '../domain/publication.ts'
import { textsFor } from './texts.ts'
import { Time } from './time.tsx'

export const EntryList: FC<{ publication: Publication; entries: readonly Entry[] }> = ({
  publication,
  entries,
}) => {
  if (entries.length === 0) return <p>{textsFor(publication.language).nothing}</p>
  return (
    <ol class="entries">
      {entries.map(({ article }) => (
        <li lang={article.language}>
          <h3>
            <a href={article.link}>{article.title}</a>
          </h3>
          <p class="byline">
            <Time instant={article.published} publication={publication} />
            {article.authors.map(({ name }) => ` · ${name}`)}
          </p>
          {article.summary === undefined ? null : <p>{article.summary}</p>}
        </li>
      ))}
    </ol>
  )
}
