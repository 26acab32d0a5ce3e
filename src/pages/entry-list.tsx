// Entries as a reader shows them: title, time, byline, picture with its credit, summary, and the full text on demand.
import type { FC } from 'hono/jsx'
import { textAddress } from '../domain/address.ts'
import type { Recording } from '../domain/article.ts'
import type { Entry } from '../domain/entries.ts'
import type { Edition } from './edition.ts'
import { Figure } from './figure.tsx'
import { inLanguage } from './in-language.ts'
import { Time } from './time.tsx'

interface EntryListProps {
  readonly edition: Edition
  readonly entries: readonly Entry[]
  /** How deep the titles stand in the page's outline. */
  readonly heading?: 'h2' | 'h3'
  /** Whether there is more of an entry than its summary: pictures, recordings, the full text. */
  readonly extent: 'full' | 'summary' | 'line'
}

export const EntryList: FC<EntryListProps> = ({
  edition,
  entries,
  heading: Heading = 'h3',
  extent,
}) => {
  const { publication, language, say } = edition
  if (entries.length === 0) return <p class="empty">{say('articles.none')}</p>
  return (
    <ol class={`entries ${extent}`}>
      {entries.map(({ article }) => {
        // Not `article` elements: Liferea takes a page with several for a feed of its own, besides those that it names.
        const [picture] = article.pictures
        return (
          <li {...inLanguage(article.language)}>
            <div class="entry">
              <Heading>
                <a href={article.link}>{article.title}</a>
              </Heading>
              <p class="byline">
                <span {...inLanguage(language)}>
                  <Time edition={edition} instant={article.published} />
                </span>
                {article.authors.map(({ name }) => (
                  <span class="author" dir="auto">
                    {name}
                  </span>
                ))}
              </p>
              {picture === undefined || extent === 'line' ? null : (
                <Figure edition={edition} picture={picture} isBrief />
              )}
              {article.summary === undefined || extent === 'line' ? null : (
                <p class="summary">{article.summary}</p>
              )}
              {extent === 'full' ? <Recordings recordings={article.recordings} /> : null}
              {extent !== 'full' || article.html === '' ? null : (
                <p class="more">
                  <a
                    class="full-text"
                    {...inLanguage(language)}
                    href={textAddress(article, publication.base)}
                    aria-label={`${say('full')}: ${article.title}`}
                  >
                    {say('full')}
                  </a>
                </p>
              )}
            </div>
          </li>
        )
      })}
    </ol>
  )
}

/** Audio and films, each with its title; nothing is fetched before somebody plays them. Anything else, such as a PDF, is a link. */
export const Recordings: FC<{ recordings: readonly Recording[] }> = ({ recordings }) => (
  <>
    {recordings.map(({ url, type, title }) => {
      if (!/^(audio|video)\//i.test(type)) {
        return (
          <p>
            <a href={url}>{title ?? url}</a>
          </p>
        )
      }
      const Player = /^video/i.test(type) ? 'video' : 'audio'
      const player = <Player controls preload="none" src={url} aria-label={title} />
      return title === undefined ? (
        player
      ) : (
        <figure>
          {player}
          <figcaption>{title}</figcaption>
        </figure>
      )
    })}
  </>
)
