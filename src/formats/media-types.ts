// What each format is called on the web: in the links to its documents, and in front of them.
import type { FeedFormat } from '../domain/address.ts'

export const MEDIA_TYPES: Readonly<Record<FeedFormat, string>> = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
}
