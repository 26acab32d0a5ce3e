// The documents of a feed as links, and as what a browser or reader discovers.
import type { FC } from 'hono/jsx'
import { FEED_FORMATS, type FeedFormat } from '../domain/address.ts'
import { FORMATS } from '../formats/formats.ts'
import type { FeedLink } from './layout.tsx'

/** The names that readers' dialogs show; not translated, since they are names. */
export const FORMAT_NAMES: Readonly<Record<FeedFormat, string>> = {
  rss: 'RSS',
  atom: 'Atom',
  json: 'JSON Feed',
}

export function discoverable(
  title: string,
  self: Readonly<Record<FeedFormat, string>>,
  formats: readonly FeedFormat[] = FEED_FORMATS,
): FeedLink[] {
  return formats.map((format) => ({
    title: `${title} (${FORMAT_NAMES[format]})`,
    type: FORMATS[format].mediaType.split(';')[0] as string,
    url: self[format],
  }))
}

interface FeedLinksProps {
  readonly self: Readonly<Record<FeedFormat, string>>
  readonly name: string
  readonly formats?: readonly FeedFormat[]
}

export const FeedLinks: FC<FeedLinksProps> = ({ self, name, formats = FEED_FORMATS }) => (
  <span class="formats">
    {formats.map((format) => (
      <a href={self[format]} aria-label={`${name}, ${FORMAT_NAMES[format]}`}>
        {FORMAT_NAMES[format]}
      </a>
    ))}
  </span>
)
