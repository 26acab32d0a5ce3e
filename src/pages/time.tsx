// A moment as people of the publication read it, in its own time zone; the script shows it in the reader's.
import type { FC } from 'hono/jsx'
import type { Instant } from '../domain/article.ts'
import type { Edition } from './edition.ts'
import { inLanguage } from './in-language.ts'
import type { MessageKey } from './messages.ts'

interface TimeProps {
  readonly edition: Edition
  readonly instant: Instant
  /** With `{when}` in it. */
  readonly message?: MessageKey & ('updated' | 'published')
}

export const Time: FC<TimeProps> = ({ edition, instant, message }) => {
  const time = (
    <time datetime={new Date(instant).toISOString()} data-moment="">
      {edition.moment(instant)}
    </time>
  )
  if (message === undefined) return time
  return (
    <span {...inLanguage(edition.language)}>
      {edition.parts(message).map((part) => ('text' in part ? part.text : time))}
    </span>
  )
}
