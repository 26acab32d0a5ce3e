// The formats that feeds are published in, by name.
import type { FeedFormat } from '../domain/address.ts'
import { atom } from './atom.ts'
import type { Format } from './format.ts'
import { jsonFeed } from './json.ts'
import { rss } from './rss.ts'

export const FORMATS: Readonly<Record<FeedFormat, Format>> = { rss, atom, json: jsonFeed }
