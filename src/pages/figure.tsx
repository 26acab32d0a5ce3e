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

/** Between a caption and its credit, which goes on in the same line: a sentence often ends without a full stop. */
const EM_SPACE = '\u2003'

export const Figure: FC<FigureProps> = ({
  edition: { language, say },
  picture: { url, alt, caption, credit, width, height },
  isBrief = false,
}) => {
  const words = isBrief ? undefined : caption
  return (
    <figure class={isBrief ? 'brief' : undefined}>
      <img
        src={url}
        alt={alt ?? ''}
        width={width}
        height={height}
        loading={isBrief ? 'lazy' : undefined}
        decoding="async"
      />
      {words === undefined && credit === undefined ? null : (
        <figcaption>
          {words}
          {words === undefined || credit === undefined ? null : EM_SPACE}
          {credit === undefined ? null : (
            <span class="credit" {...inLanguage(language)}>
              {say('photo', { credit })}
            </span>
          )}
        </figcaption>
      )}
    </figure>
  )
}
