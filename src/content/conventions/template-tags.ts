// One piece of template code, and what a reader sees of it: pictures, films, links and addresses of the site.

/** What template code may ask of the site and the article. */
export interface Site {
  /** The base URL, with `/` at its end. */
  readonly base: string
  readonly title: string
  readonly siteTitle: string
}

export interface Tag {
  /** The signs that it begins with. */
  readonly open: string
  readonly name: string
  /** All that stands between the signs. */
  readonly inside: string
  readonly args: Arguments
}

interface Arguments {
  readonly plain: readonly string[]
  readonly named: ReadonlyMap<string, string>
}

/** A tag from what stands between its signs: `figure src="a.png"`, `youtube(id="x")`, `site.baseurl`. */
export function readTag(open: string, written: string): Tag {
  const inside = written.replace(/^-|-$/g, '').trim()
  const [, name = '', rest = ''] = /^(\/?[\w.-]*)([\s\S]*)$/.exec(inside) ?? []
  return { open, name, inside, args: readArguments(rest) }
}

const ARGUMENT = /(?:([\w-]+)\s*=\s*)?(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^\s,()"'`=]+))/g

function readArguments(text: string): Arguments {
  const plain: string[] = []
  const named = new Map<string, string>()
  for (const [, name, ...values] of text.matchAll(ARGUMENT)) {
    const value = values.find((one) => one !== undefined) ?? ''
    if (name === undefined) plain.push(value)
    else named.set(name, value)
  }
  return { plain, named }
}

/** What Markdown shows of a tag: HTML, an address, or nothing at all; `undefined` where it had to be left out. */
export function renderTag(tag: Tag, site: Site): string | undefined {
  if (tag.open === '{#' || tag.open.startsWith('{:')) return ''
  // Somebody writes about templates.
  if (tag.open.startsWith('\\'))
    return `\`${tag.open.replaceAll('\\', '')} ${tag.inside} ${tag.open === '\\{\\%' ? '%}' : '}}'}\``
  // What closes a tag is told with what opened it.
  if (tag.name.startsWith('/') || /^end/.test(tag.name)) return ''
  const render = Object.hasOwn(TAGS, tag.name) ? TAGS[tag.name] : undefined
  const rendered = render?.(tag.args)
  return rendered ?? renderValue(tag, site)
}

type Render = (args: Arguments) => string | undefined

/** A film as its page embeds it: cleaning makes a link with a picture of it. */
const film =
  (address: (id: string) => string): Render =>
  (args) => {
    const id = args.named.get('id') ?? args.plain[0]
    return id === undefined ? undefined : block(`<iframe src="${escaped(address(id))}"></iframe>`)
  }

const picture: Render = ({ plain, named }) => {
  const src =
    named.get('src') ?? named.get('path') ?? plain.find((one) => /\/|\.\w+$/.test(one)) ?? plain[0]
  if (src === undefined) return undefined
  const title = named.get('title') ?? ''
  const behind = plain.slice(plain.indexOf(src) + 1).filter((one) => !/^\d+(px|%)?$/.test(one))
  const alt = named.get('alt') ?? named.get('caption') ?? behind.at(-1) ?? title
  const caption = [title, named.get('caption'), named.get('attr')].filter(Boolean).join(' ')
  const image = `<img src="${escaped(src)}" alt="${escaped(alt)}">`
  return caption === ''
    ? image
    : block(`<figure>${image}<figcaption>${escaped(caption)}</figcaption></figure>`)
}

const link =
  (address: (args: Arguments) => string | undefined, text: (args: Arguments) => string): Render =>
  (args) => {
    const href = address(args)
    return href && `<a href="${escaped(href)}">${escaped(text(args) || href)}</a>`
  }

/** Another article by its file, whose ending Hugo's users leave out, as `resolve` understands it. */
const article: Render = ({ plain, named }) => {
  const [, path = '', fragment = ''] =
    /^([^#]*)(#.*)?$/s.exec(plain[0] ?? named.get('path') ?? '') ?? []
  const file =
    path === '' || /\.(?:mdx?|markdown|html?)$/i.test(path) ? path : `${path.replace(/\/$/, '')}.md`
  return file + fragment || undefined
}

const post = link(
  ({ named, plain }) => {
    const user = named.get('user') ?? (plain.length > 1 ? plain[0] : 'i')
    const id = named.get('id') ?? plain.at(-1)
    return id && `https://x.com/${user}/status/${id}`
  },
  () => '',
)

const TAGS: Readonly<Record<string, Render>> = {
  figure: picture,
  image: picture,
  img: picture,
  asset_img: picture,
  asset_path: ({ plain }) => plain[0],
  youtube: film((id) => `https://www.youtube.com/embed/${id}`),
  vimeo: film((id) => `https://player.vimeo.com/video/${id}`),
  bilibili: film((id) => `https://player.bilibili.com/player.html?bvid=${id}`),
  iframe: ({ plain }) => plain[0] && block(`<iframe src="${escaped(plain[0])}"></iframe>`),
  gist: link(
    ({ plain }) =>
      (plain.length > 0 && `https://gist.github.com/${plain.slice(0, 2).join('/')}`) || undefined,
    () => '',
  ),
  tweet: post,
  twitter: post,
  x: post,
  link: (args) => {
    const at = args.plain.findIndex((one) => /^https?:/.test(one))
    if (at < 0) return args.plain[0]
    const words = args.plain.slice(0, at).join(' ') || args.plain[at] || ''
    return `<a href="${escaped(args.plain[at] ?? '')}">${escaped(words)}</a>`
  },
  ref: article,
  relref: article,
  post_url: ({ plain }) => plain[0] && `${plain[0]}.md`,
  post_path: ({ plain }) => plain[0] && `${plain[0]}.md`,
  post_link: ({ plain }) =>
    plain[0] &&
    `<a href="${escaped(plain[0])}.md">${escaped(
      plain
        .slice(1)
        .filter((one) => !/^(true|false)$/.test(one))
        .join(' ') || plain[0],
    )}</a>`,
  blockquote: ({ plain }) =>
    plain.length === 0 ? '' : block(`<p><cite>${escaped(plain.join(' '))}</cite></p>`),
  pullquote: () => '',
}

/** `{{ site.baseurl }}`, `{{ "/a.png" | relative_url }}`, `{{ page.title }}`: what is the same on every page. */
function renderValue({ open, inside }: Tag, site: Site): string | undefined {
  if (open !== '{{') return undefined
  const [value = '', ...filters] = inside.split('|').map((part) => part.trim())
  const quoted = /^(["'])(.*)\1$/.exec(value)?.[2]
  if (quoted !== undefined) {
    if (filters.length === 0) return quoted
    const isAddress = filters.some((filter) => /^(relative_url|absolute_url|url)\b/.test(filter))
    return isAddress ? below(site) + quoted.replace(/^\/?/, '/') : undefined
  }
  switch (value) {
    case 'site.baseurl':
      return below(site)
    case 'site.url':
    case 'config.url':
      return new URL(site.base).origin
    case 'config.base_url':
      return site.base.replace(/\/$/, '')
    case 'site.title':
    case 'config.title':
      return escaped(site.siteTitle)
    case 'page.title':
    case 'post.title':
    case 'title':
      return escaped(site.title)
    default:
      return undefined
  }
}

/** The path of the base URL, as it stands before a path from `/`. */
function below({ base }: Site): string {
  return new URL(base).pathname.replace(/\/$/, '')
}

function block(html: string): string {
  return `\n\n${html}\n\n`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
