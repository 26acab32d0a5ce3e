// One piece of template code, and what a reader sees of it: pictures, films, links and addresses of the site.
import { own } from '../../domain/own.ts'

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
  // Only Zola's shortcodes stand where other generators have values: `{{ youtube(id="x") }}`, `{{ image | escape }}`.
  if (tag.open === '{{' && !/^\w+\s*\(/.test(tag.inside)) return renderValue(tag, site)
  if (tag.name.startsWith('include')) return renderInclude(tag.args, site)
  return own(TAGS, tag.name)?.(tag.args, tag.inside)
}

type Render = (args: Arguments, inside: string) => string | undefined

/** A film as its page embeds it: cleaning makes a link with a picture of it. */
const film =
  (address: (id: string) => string): Render =>
  (args) => {
    const id = args.named.get('id') ?? args.plain[0]
    return id === undefined ? undefined : block(`<iframe src="${escaped(address(id))}"></iframe>`)
  }

const FILMS = {
  youtube: film((id) => `https://www.youtube.com/embed/${id}`),
  vimeo: film((id) => `https://player.vimeo.com/video/${id}`),
  bilibili: film((id) => `https://player.bilibili.com/player.html?bvid=${id}`),
}

const picture: Render = ({ plain, named }) => {
  const src =
    named.get('src') ?? named.get('path') ?? plain.find((one) => /\/|\.\w+$/.test(one)) ?? plain[0]
  if (src === undefined) return undefined
  const title = named.get('title') ?? ''
  const behind = plain
    .slice(plain.indexOf(src) + 1)
    .filter((one) => !/^\d+(px|%)?$/.test(one))
    // Hexo's title and words for those who can't see it, in quotes within quotes.
    .map((one) => /^(["'])(?:(?!\1\s+["']).)*\1\s+(["'])(.*)\2$/.exec(one)?.[3] ?? one)
  const said = named.get('caption')
  const alt = named.get('alt') ?? (said && isMarked(said) ? title : said) ?? behind.at(-1) ?? title
  const caption = [title, said, named.get('attr')].filter(Boolean).join(' ')
  // Hugo reads captions as Markdown, which a blank line begins in HTML.
  const shown = isMarked(caption) ? `\n\n${caption}\n\n` : escaped(caption)
  const image = `<img src="${escaped(src)}" alt="${escaped(alt)}">`
  return caption === ''
    ? image
    : block(`<figure>${image}<figcaption>${shown}</figcaption></figure>`)
}

function isMarked(text: string): boolean {
  return /[*_`[<]/.test(text)
}

const PICTURE = /\.(?:avif|gif|jpe?g|png|svg|webp)(?:[?#].*)?$/i
const FILM = /\.(?:m4v|mov|mp4|ogv|webm)(?:[?#].*)?$/i
const SOUND = /\.(?:aac|flac|m4a|mp3|oga|ogg|opus|wav)(?:[?#].*)?$/i

const recording =
  (element: 'audio' | 'video', ending: RegExp): Render =>
  ({ named, plain }) => {
    const src = [...named.values(), ...plain].find((one) => ending.test(one))
    return src && block(`<${element} src="${escaped(src)}" controls></${element}>`)
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

/** Hexo's `address, words, icon`; one that others close has its words behind it. */
const button: Render = (_, inside) => {
  const [, ...written] = /^\w+\s+(?![\w-]+=)([^,]*),([^,]*)/.exec(inside) ?? []
  // Butterfly's users put the address in quotes.
  const [href = '', words = ''] = written.map((part) => part.trim().replace(/^(["'])(.*)\1$/, '$2'))
  return words === '' ? undefined : `<a href="${escaped(href)}">${escaped(words)}</a>`
}

const TAGS: Readonly<Record<string, Render>> = {
  figure: picture,
  image: picture,
  img: picture,
  asset_img: picture,
  asset_path: ({ plain }) => plain[0],
  ...FILMS,
  video: recording('video', FILM),
  audio: recording('audio', SOUND),
  iframe: ({ plain }) => plain[0] && block(`<iframe src="${escaped(plain[0])}"></iframe>`),
  gist: link(
    ({ plain }) =>
      (plain.length > 0 && `https://gist.github.com/${plain.slice(0, 2).join('/')}`) || undefined,
    () => '',
  ),
  tweet: post,
  twitter: post,
  x: post,
  link: ({ plain, named }) => {
    const at = plain.findIndex((one) => /^https?:/.test(one))
    const href = named.get('href') ?? plain[at]
    // Jekyll's is the address of a file; of others it would stand before the words that they have between two tags.
    if (href === undefined) return plain.slice(0, 1).find((one) => /\.\w+$/.test(one))
    // Hexo has the words before the address, Hugo's themes behind it.
    const words = named.get('content') || plain.slice(0, Math.max(0, at)).join(' ') || plain[at + 1]
    return `<a href="${escaped(href)}">${escaped(words || href)}</a>`
  },
  btn: button,
  button,
  // What it looks like, and its words; they stand alone where they are one.
  label: ({ plain }, inside) => {
    const [, words] = /@([\s\S]*)$/.exec(inside) ?? []
    const shown = words?.trim() ?? plain[0]
    return shown && escaped(shown)
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

/**
 * What themes of Jekyll's have includes for, as their arguments tell: films, pictures, recordings. What these do can't be
 * known; most put the base URL's path before a path of the site.
 */
function renderInclude({ plain, named }: Arguments, site: Site): string | undefined {
  const kind = `${plain[0]} ${named.get('provider') ?? ''}`.toLowerCase()
  const shown = Object.entries(FILMS).find(([name]) => kind.includes(name))?.[1]
  const id = named.get('id')
  // What is in no quotes may be a variable.
  if (shown !== undefined && id !== undefined && /^[\w-]+$/.test(id))
    return shown({ plain: [id], named: new Map() }, '')
  const src = [...named.values()].find((one) => [PICTURE, FILM, SOUND].some((end) => end.test(one)))
  // Jekyll renders nothing in quotes: what stands there with code in it leads nowhere.
  if (src === undefined || src.includes('{{')) return undefined
  const isWhole = /^(?:https?:)?\/\//.test(src) || src.startsWith(`${below(site)}/`)
  const path = isWhole ? src : `${below(site)}/${src.replace(/^\//, '')}`
  const args = { plain: [path], named: new Map() }
  if (!PICTURE.test(src)) return TAGS[FILM.test(src) ? 'video' : 'audio']?.(args, '')
  const facts = ['alt', 'caption', 'title'].flatMap((name) => {
    const text = named.get(name) ?? (name === 'caption' ? named.get('description') : undefined)
    return text === undefined ? [] : [[name, text] as const]
  })
  return picture({ plain: [], named: new Map([['src', path], ...facts]) }, '')
}

/** `{{ site.baseurl }}`, `{{ "/a.png" | relative_url }}`, `{{ page.title }}`: what is the same on every page. */
function renderValue({ inside }: Tag, site: Site): string | undefined {
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
