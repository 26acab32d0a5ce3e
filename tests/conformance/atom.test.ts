// Atom 1.0 (RFC 4287): the checklist's items that the grammar cannot say, each against several feeds.
import { type FeedDocument, holdFeedsTo, leadsBack, type Rule, untrue } from './document.ts'
import {
  activeContent,
  against,
  isAscii,
  isLanguage,
  isMediaType,
  isRfc3339,
  isUri,
  isWebUrl,
  notOnce,
  relativeUrls,
  repeated,
  unless,
  xmlBeginning,
} from './rules.ts'
import { all, descendants, expanded, fetchXml, textsOf, type XmlNode } from './xml.ts'

type Document = FeedDocument<XmlNode>

const entriesOf = ({ parsed }: Document) => all(parsed, 'a:entry')
/** The feed and its entries: what has ids, titles, dates and links. */
const holdersOf = (document: Document) => [document.parsed, ...entriesOf(document)]
const attributesOf = (nodes: readonly XmlNode[]) => nodes.map(({ attributes }) => attributes)
const linksOf = (node: XmlNode, wanted: string) =>
  attributesOf(all(node, 'a:link')).filter(({ rel = 'alternate' }) => rel === wanted)
const idsOf = (document: Document) => entriesOf(document).flatMap((entry) => textsOf(entry, 'a:id'))
const datesOf = (nodes: readonly XmlNode[]) =>
  nodes.flatMap((node) => textsOf(node, 'a:updated', 'a:published'))
const htmlOf = (document: Document) =>
  entriesOf(document)
    .flatMap((entry) => [...all(entry, 'a:summary'), ...all(entry, 'a:content')])
    .filter(({ attributes }) => attributes.type === 'html')
    .map(({ text }) => text)
const plainOf = (document: Document) =>
  descendants(document.parsed).filter(({ attributes, name }) =>
    [...TEXTS, 'a:content'].map(expanded).includes(name) ? attributes.type !== 'html' : false,
  )
const TEXTS = ['a:title', 'a:subtitle', 'a:summary', 'a:rights']

const RULES: Record<string, Rule<XmlNode>> = {
  'feed and each entry have exactly one id, title, updated': (document) =>
    holdersOf(document).flatMap((node) =>
      notOnce(['a:id', 'a:title', 'a:updated'], (name) => all(node, name).length),
    ),
  'id is an absolute IRI': (document) =>
    against(textsOf(document.parsed, 'a:id').concat(idsOf(document)), isUri),
  'no id is that of the feed or of another entry': (document) =>
    repeated([...textsOf(document.parsed, 'a:id'), ...idsOf(document)]),
  'dates are RFC 3339 with an upper-case T, and Z or a numeric offset': (document) =>
    against(datesOf(holdersOf(document)), isRfc3339),
  'updated never runs ahead of the clock': (document) =>
    against(datesOf(holdersOf(document)), (date) => Date.parse(date) <= Date.now()),
  'updated moves at every significant change and at no other time': (document) => [
    ...against(
      textsOf(document.parsed, 'a:updated'),
      (date) => Date.parse(date) === document.changed,
    ),
    ...entriesOf(document).flatMap((entry, at) =>
      against(
        textsOf(entry, 'a:updated'),
        (date) => Date.parse(date) === document.carried[at]?.updated,
      ),
    ),
  ],
  'an author with a non-empty name in the feed, or in every entry': (document) =>
    holdersOf(document).flatMap((node) =>
      all(node, 'a:author').flatMap((author) => against(textsOf(author, 'a:name'), Boolean)),
    ),
  'an entry has a link rel="alternate", absolute and ASCII': (document) =>
    entriesOf(document).flatMap((entry) => {
      const hrefs = linksOf(entry, 'alternate').map(({ href = '' }) => href)
      return [
        ...unless(hrefs.length > 0, 'none'),
        ...against(hrefs, isWebUrl),
        ...against(hrefs, isAscii),
      ]
    }),
  'an entry whose content is src= or base64 has a summary': (document) =>
    entriesOf(document).flatMap((entry) =>
      unless(
        all(entry, 'a:content').every(({ attributes }) => attributes.src === undefined) ||
          all(entry, 'a:summary').length > 0,
        textsOf(entry, 'a:title').join(),
      ),
    ),
  'the feed has a link rel="self" with its own absolute URL': async (document) => {
    const own = linksOf(document.parsed, 'self')
    return [
      ...unless(own.length === 1, `${own.length} links`),
      ...(await leadsBack(own[0]?.href ?? '', document)),
    ]
  },
  'no two rel="alternate" links of the same type and hreflang': (document) =>
    holdersOf(document).flatMap((node) =>
      repeated(linksOf(node, 'alternate').map(({ type, hreflang }) => `${type} ${hreflang}`)),
    ),
  'type="text" contains no markup': (document) =>
    plainOf(document).flatMap(({ name, children, attributes }) =>
      unless(
        children.length === 0 && ['text', undefined].includes(attributes.type),
        `${name} ${attributes.type}`,
      ),
    ),
  'category has a term, a scheme that is an IRI, and a label': (document) =>
    attributesOf(entriesOf(document).flatMap((entry) => all(entry, 'a:category'))).flatMap(
      ({ term = '', scheme = '', label = '' }) =>
        unless(term !== '' && label !== '' && isUri(scheme), `${term} ${scheme} ${label}`),
    ),
  'a category is addressed by the term of its feed': (document) =>
    entriesOf(document).flatMap((entry, at) => {
      const { tags, sections, title } = document.carried[at] ?? {}
      const terms = attributesOf(all(entry, 'a:category')).map(({ term }) => term)
      const expected = [...(tags?.keys() ?? []), ...(sections?.keys() ?? [])]
      return unless(
        terms.toSorted().join('\n') === expected.toSorted().join('\n'),
        `${title}: ${terms}`,
      )
    }),
  'no relative references': (document) => [
    ...holdersOf(document).flatMap((node) =>
      against(
        attributesOf(all(node, 'a:link')).map(({ href = '' }) => href),
        isWebUrl,
      ),
    ),
    ...htmlOf(document).flatMap(relativeUrls),
  ],
  'no script, iframe, object, on*= attributes in the content': (document) =>
    htmlOf(document).flatMap(activeContent),
  'icon and logo are absolute': (document) =>
    against(textsOf(document.parsed, 'a:icon', 'a:logo'), isWebUrl),
  'link rel="enclosure" has type and length': (document) =>
    entriesOf(document)
      .flatMap((entry) => linksOf(entry, 'enclosure'))
      .flatMap(({ href, type = '', length = '' }) =>
        unless(isMediaType(type) && /^\d+$/.test(length), `${href} ${type} ${length}`),
      ),
  'an enclosure has the length and the type of its file': (document) =>
    untrue(
      entriesOf(document)
        .flatMap((entry) => linksOf(entry, 'enclosure'))
        .map(({ href = '', type = '', length = '' }) => ({ url: href, type, length })),
      document.gazette,
    ),
  'languages are RFC 5646 codes': (document) =>
    against(
      holdersOf(document).map(
        ({ attributes }) => attributes['http://www.w3.org/XML/1998/namespace lang'] ?? 'missing!',
      ),
      isLanguage,
    ),
  'namespace http://www.w3.org/2005/Atom': ({ parsed }) =>
    against([parsed.name], (name) => name === expanded('a:feed')),
  'media type application/atom+xml with charset=utf-8': ({ headers }) =>
    against(
      [headers.get('content-type') ?? ''],
      (type) => type === 'application/atom+xml; charset=utf-8',
    ),
  'UTF-8, and nothing before <?xml': ({ bytes }) => xmlBeginning(bytes),
}

await holdFeedsTo(RULES, { name: 'Atom 1.0', format: 'atom', parse: fetchXml, idsOf })
