// A picture with its caption and credit; its place is kept while it loads.
import type { FC } from 'hono/jsx'
import type { Picture } from '../domain/article.ts'
import type { Edition } from './edition.ts'
import { inLanguage } from './in-language.ts'

interface FigureProps {
  readonly edition: Edition
  readonly picture: Picture
  /** Small beside an entry, with its credit alone. */
  readonly isBrief?: boolean
}

export const Figure: FC<FigureProps> = ({
  edition: { language, say },
  picture: { url, alt, caption, credit, width, height },
  isBrief = false,
}) => (
  <figure class={isBrief ? 'brief' : undefined}>
    <img
      src={url}
      alt={alt ?? ''}
      width={width}
      height={height}
      loading={isBrief ? 'lazy' : undefined}
      decoding="async"
    />
    {(isBrief || caption === undefined) && credit === undefined ? null : (
      <figcaption>
        {isBrief ? null : caption}{' '}
        {credit === undefined ? null : (
          <span class="credit" {...inLanguage(language)}>
            {say('photo', { credit })}
          </span>
        )}
      </figcaption>
    )}
  </figure>
)
