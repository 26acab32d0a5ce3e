// How to subscribe to a feed: in an app, with a reader on the web, by its addresses, with a phone.
import type { FC } from 'hono/jsx'
import type { Feed } from '../domain/feed.ts'
import type { Edition } from './edition.ts'
import { FORMAT_NAMES, subscribed } from './feed-links.tsx'
import { QrCode } from './qr-code.tsx'

interface SubscribeProps {
  readonly edition: Edition
  readonly feed: Feed
  /** Only the addresses and a way to the feed's page, which has the rest. */
  readonly isBrief?: boolean
}

export const Subscribe: FC<SubscribeProps> = ({ edition, feed, isBrief = false }) => {
  const { publication, say } = edition
  const [first = 'rss'] = feed.formats
  const urls = subscribed(feed)
  // A reader on the web is somebody else, to whom the address of a private feed would be told.
  const readers = feed.isPrivate || isBrief ? [] : publication.readers
  return (
    <section class="subscribe" aria-labelledby="page-subscribe">
      <h2 id="page-subscribe">{say('subscribe')}</h2>
      {isBrief ? null : <p>{say('feed.why')}</p>}
      <ul class="ways">
        <li>
          <a class="button" href={`feed:${urls[first]}`}>
            {say('subscribe.app')}
          </a>
        </li>
        {isBrief ? (
          <li>
            <a href={feed.page}>{say('build.page')}</a>
          </li>
        ) : null}
        {readers.map(({ name, url }) => (
          <li>
            <a
              href={url.replaceAll('{feed}', encodeURIComponent(urls[first]))}
              rel="noreferrer"
              aria-label={say('subscribe.reader', { reader: name })}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
      <div class="addresses">
        <div>
          {feed.formats.map((format) => (
            <p class="address">
              <label for={`page-${format}`}>
                {say('address.of', { format: FORMAT_NAMES[format] })}
              </label>
              <input id={`page-${format}`} type="url" readonly value={urls[format]} />
              <button
                type="button"
                hidden
                data-copy={`page-${format}`}
                data-copied={say('copied')}
                aria-label={`${say('copy')}: ${FORMAT_NAMES[format]}`}
              >
                {say('copy')}
              </button>
            </p>
          ))}
        </div>
        {isBrief ? null : <QrCode text={urls[first]} label={say('qr')} />}
      </div>
    </section>
  )
}
