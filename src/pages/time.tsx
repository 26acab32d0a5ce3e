// A moment as people of the publication read it, in its own time zone.
import type { FC } from 'hono/jsx'
import type { Instant } from '../domain/article.ts'
import type { Publication } from '../domain/publication.ts'

export const Time: FC<{ instant: Instant; publication: Publication }> = ({
  instant,
  publication,
}) => {
  const { language, zone } = publication
  const format = new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: zone,
  })
  return <time datetime={new Date(instant).toISOString()}>{format.format(instant)}</time>
}
