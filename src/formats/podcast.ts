// What Apple Podcasts and the directories that follow it ask of an RSS feed (“A Podcaster’s Guide to RSS”).
import type { Article } from '../domain/article.ts'
import type { Feed } from '../domain/feed.ts'
import { element, textElement, type XmlElement } from './xml.ts'

/** The directories know it by this address, letter by letter. */
export const ITUNES = { 'xmlns:itunes': 'http://www.itunes.com/dtds/podcast-1.0.dtd' }

/** The tags that a show must have, and its author. */
export function podcastChannel({ podcast, publisher }: Feed): XmlElement[] {
  if (podcast === undefined) return []
  const { image, category, subcategory, explicit } = podcast
  const inner = subcategory === undefined ? [] : [element('itunes:category', { text: subcategory })]
  return [
    ...textElement('itunes:author', publisher),
    element('itunes:image', { href: image }),
    element('itunes:category', { text: category }, ...inner),
    element('itunes:explicit', {}, String(explicit)),
  ]
}

/** The length of the recording that the item's enclosure is, in whole seconds. */
export function podcastItem({ recordings: [recording] }: Article): XmlElement[] {
  const { duration } = recording ?? {}
  return duration === undefined
    ? []
    : [element('itunes:duration', {}, String(Math.round(duration)))]
}
