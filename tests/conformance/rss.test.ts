// RSS 2.0: the checklist's items that a machine can check, each against several feeds.
import {
  type FeedDocument,
  holdFeedsTo,
  leadsBack,
  type Rule,
  unlikeSummary,
  untrue,
} from './document.ts'
import { plainText } from './plain-text.ts'
import {
  activeContent,
  against,
  isAscii,
  isEmail,
  isLanguage,
  isMediaType,
  isRfc822,
  isWebUrl,
  notOnce,
  relativeUrls,
  repeated,
  unless,
  xmlBeginning,
} from './rules.ts'
import { all, attributesOf, expanded, fetchXml, textsOf, type XmlNode } from './xml.ts'

/** Elements that RSS 2.0 itself names; any other needs a namespace. */
const CHANNEL =
  'title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator docs cloud ttl image rating textInput skipHours skipDays item'
const ITEM = 'title link description author category comments enclosure guid pubDate source'
/** Elements of plain text, where readers take `&amp;` and `&lt;` for markup. */
const PLAIN = [
  'title',
  'category',
  'dc:creator',
  'dc:contributor',
  'dc:source',
  'media:description',
]

const channelOf = ({ parsed }: FeedDocument<XmlNode>) => parsed.children[0] as XmlNode
const itemsOf = (document: FeedDocument<XmlNode>) => all(channelOf(document), 'item')
const eachItem =
  (rule: (item: XmlNode) => string[]): Rule<XmlNode> =>
  (document) =>
    itemsOf(document).flatMap((item) =>
      rule(item).map((fault) => `${textsOf(item, 'title')}: ${fault}`),
    )
const count = (node: XmlNode) => (name: string) => all(node, name).length
const enclosuresOf = (document: FeedDocument<XmlNode>) =>
  itemsOf(document).flatMap((item) => all(item, 'enclosure').map(({ attributes }) => attributes))

function urlsOf(document: FeedDocument<XmlNode>): string[] {
  const channel = channelOf(document)
  const nodes = [channel, ...all(channel, 'image'), ...itemsOf(document)]
  return nodes.flatMap((node) => [
    ...textsOf(node, 'link', 'comments', 'url', 'docs'),
    ...attributesOf(node, 'enclosure', 'url'),
    ...attributesOf(node, 'source', 'url'),
    ...attributesOf(node, 'media:content', 'url'),
  ])
}

const RULES: Record<string, Rule<XmlNode>> = {
  'one rss root with version="2.0" and exactly one channel': ({ parsed }) => [
    ...unless(parsed.name === 'rss' && parsed.attributes.version === '2.0', parsed.name),
    ...unless(parsed.children.map(({ name }) => name).join() === 'channel', 'children'),
  ],
  'channel has title, link, description, each once': (document) =>
    notOnce(['title', 'link', 'description'], count(channelOf(document))),
  'an item has at least a title or a description': eachItem((item) =>
    unless(textsOf(item, 'title', 'description').some(Boolean), 'neither'),
  ),
  'dates are RFC 822 with a four-digit year and a day name that agrees': (document) =>
    against(
      [channelOf(document), ...itemsOf(document)].flatMap((node) =>
        textsOf(node, 'pubDate', 'lastBuildDate'),
      ),
      isRfc822,
    ),
  'every item says when it was published': eachItem((item) => notOnce(['pubDate'], count(item))),
  'link, comments, url, docs, enclosure@url are absolute': (document) =>
    against(urlsOf(document), isWebUrl),
  'non-ASCII characters in those URLs are percent-encoded': (document) =>
    against(urlsOf(document), isAscii),
  'a guid that is not a permanent URL carries isPermaLink="false"': eachItem((item) =>
    against(attributesOf(item, 'guid', 'isPermaLink'), (value) => value === 'false'),
  ),
  'every item has a guid, unique in the feed': (document) => [
    ...itemsOf(document).flatMap((item) => notOnce(['guid'], count(item))),
    ...repeated(itemsOf(document).flatMap((item) => textsOf(item, 'guid'))),
  ],
  'enclosure has url, length in bytes and a MIME type': (document) =>
    enclosuresOf(document).flatMap(({ url = '', length = '', type = '' }) =>
      unless(url !== '' && /^\d+$/.test(length) && isMediaType(type), `${url} ${length} ${type}`),
    ),
  'an enclosure has the length and the type of its file': (document) =>
    untrue(
      enclosuresOf(document).map(({ url = '', length = '', type = '' }) => ({ url, length, type })),
      document.gazette,
    ),
  'at most one enclosure an item': eachItem((item) => unless(count(item)('enclosure') < 2, 'more')),
  'author, managingEditor, webMaster are e-mail addresses': (document) =>
    against(
      [channelOf(document), ...itemsOf(document)].flatMap((node) =>
        textsOf(node, 'author', 'managingEditor', 'webMaster'),
      ),
      isEmail,
    ),
  '& and < in plain-text elements are written &#x26; and &#x3C;': (document) =>
    [channelOf(document), ...itemsOf(document)].flatMap((node) =>
      [node, ...all(node, 'media:content')]
        .flatMap((holder) => PLAIN.flatMap((name) => all(holder, name)))
        .flatMap(({ written }) => against([written], (text) => !/&(amp|lt|gt);|<!/.test(text))),
    ),
  'description HTML is escaped once and only once': (document) =>
    itemsOf(document).flatMap((item, at) =>
      textsOf(item, 'description').flatMap((html) =>
        unlikeSummary(plainText(html), document.carried[at]),
      ),
    ),
  'the full text is in content:encoded and description comes before it': eachItem((item) => {
    const names = item.children.map(({ name }) => name)
    const [description, content] = ['description', 'content:encoded'].map((name) =>
      names.indexOf(expanded(name)),
    )
    return unless(Number(description) < Number(content) || content === -1, names.join())
  }),
  'no relative URLs inside description or content:encoded': eachItem((item) =>
    textsOf(item, 'description', 'content:encoded').flatMap(relativeUrls),
  ),
  'no script, iframe, object, on*= attributes in the content': eachItem((item) =>
    textsOf(item, 'description', 'content:encoded').flatMap(activeContent),
  ),
  'atom:link rel="self" gives the feed’s own URL': async (document) => {
    const links = all(channelOf(document), 'a:link').map(({ attributes }) => attributes)
    const own = links.filter(({ rel }) => rel === 'self')
    const [{ href = '', type = '' } = {}] = own
    return [
      ...unless(own.length === 1 && type === 'application/rss+xml', `${own.length} ${type}`),
      ...(await leadsBack(href, document)),
    ]
  },
  'language is a listed or RFC 5646 code': (document) => [
    ...notOnce(['language'], count(channelOf(document))),
    ...against(
      [
        ...textsOf(channelOf(document), 'language'),
        ...itemsOf(document).flatMap((item) => textsOf(item, 'dc:language')),
      ],
      isLanguage,
    ),
  ],
  'lastBuildDate is the time the content last changed': (document) =>
    against(
      textsOf(channelOf(document), 'lastBuildDate'),
      (date) =>
        // RSS has no fractions of a second.
        date === new Date(document.changed).toUTCString(),
    ),
  'image has url, title, link, and its title and link are the channel’s': (document) => {
    const channel = channelOf(document)
    return all(channel, 'image').flatMap((image) => [
      ...notOnce(['url', 'title', 'link'], count(image)),
      ...['title', 'link'].filter(
        (name) => textsOf(image, name).join() !== textsOf(channel, name).join(),
      ),
    ])
  },
  'ttl is a non-negative number of minutes': (document) =>
    against(textsOf(channelOf(document), 'ttl'), (ttl) => /^\d+$/.test(ttl)),
  'category has text; its domain names the taxonomy': eachItem((item) => [
    ...against(textsOf(item, 'category'), (text) => text.trim() !== ''),
    ...against(attributesOf(item, 'category', 'domain'), isWebUrl),
    ...unless(
      attributesOf(item, 'category', 'domain').length === count(item)('category'),
      'domain',
    ),
  ]),
  'no unknown element without a namespace': (document) => {
    const strange = (node: XmlNode, known: string) =>
      node.children
        .map(({ name }) => name)
        .filter((name) => !name.includes(' ') && !known.split(' ').includes(name))
    return [
      ...strange(channelOf(document), CHANNEL),
      ...itemsOf(document).flatMap((item) => strange(item, ITEM)),
    ]
  },
  'an item copied from elsewhere names its feed in source url=""': eachItem((item) => [
    ...unless(attributesOf(item, 'source', 'url').length === count(item)('source'), 'no url'),
    ...unless(
      count(item)('source') === 0 || count(item)('dc:source') === 0,
      'both kinds of source',
    ),
  ]),
  'served as application/rss+xml with charset=utf-8': ({ headers }) =>
    against(
      [headers.get('content-type') ?? ''],
      (type) => type === 'application/rss+xml; charset=utf-8',
    ),
  'UTF-8, and nothing before <?xml': ({ bytes }) => xmlBeginning(bytes),
}

await holdFeedsTo(RULES, {
  name: 'RSS 2.0',
  format: 'rss',
  parse: fetchXml,
  idsOf: (document) => itemsOf(document).flatMap((item) => textsOf(item, 'guid')),
})
