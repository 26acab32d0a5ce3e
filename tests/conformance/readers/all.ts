// Every reader that the feeds are shown to.
import { feedparser } from './feedparser.ts'
import { feedsmith } from './feedsmith.ts'
import { strictJsonFeed } from './json-feed.ts'
import { newsboat } from './newsboat.ts'
import type { Reader } from './reader.ts'
import { rssParser } from './rss-parser.ts'
import { sfeed } from './sfeed.ts'

export const READERS: readonly Reader[] = [
  newsboat,
  sfeed,
  feedparser,
  feedsmith,
  rssParser,
  strictJsonFeed,
]
