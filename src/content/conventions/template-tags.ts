// What a reader sees of one piece of template code: a picture, a film, a link or an address of the site.
import { own } from '../../domain/own.ts'
import { escaped } from '../syntax/text.ts'
import { type Arguments, addressIn, isShortcode, type Tag } from './template-arguments.ts'

/** What template code may ask of the site and the article. */
export interface Site {
  /** The base URL, with `/` at its end. */
  readonly base: string
  readonly title: string
  readonly siteTitle: string
}

/** What Markdown shows of a tag: HTML, an address, or an empty text; `undefined` if it has to be left out. */
export function renderTag(tag: Tag, site: Site): string | undefined {
  if (tag.open === '{#' || tag.open.startsWith('{:')) return ''
  // Its author writes about templates.
  if (tag.open === '\\{\\%') return `\`{% ${tag.inside} %}\``
  if (tag.open === '\\{\\{') return `\`{{ ${tag.inside} }}\``
  // What closes a tag is reported with what opened it.
  if (tag.name.startsWith('/') || /^end/.test(tag.name)) return ''
  // Zola writes shortcodes between the signs that others have for values: `{{ youtube(id="x") }}`.
  if (tag.open === '{{' && !isShortcode(tag)) return renderValue(tag, site)
  if (tag.name.startsWith('include')) return renderInclude(tag.args, site)
  return own(TAGS, tag.name)?.(tag.args, tag.inside) ?? renderPicture(tag)
}

type Render = (args: Arguments, inside: string) => string | undefined

/** A film's frame, which cleaning makes a link with a picture. Some people give its address as its id. */
const film =
  (address: (id: string) => string): Render =>
  ({ named, plain }) => {
    const given = named.get('id') ?? plain[0]
    if (given === undefined) return undefined
    const id = FILM_ADDRESS.exec(given)?.[1] ?? given
    const title = named.get('title')
    const label = title ? ` title="${escaped(title)}"` : ''
    return block(`<iframe src="${escaped(address(id))}"${label}></iframe>`)
  }

const FILM_ADDRESS =
  /^https?:\/\/(?:www\.|m\.|player\.)?(?:youtu\.be|youtube(?:-nocookie)?\.com|vimeo\.com|bilibili\.com)\/(?:watch\?(?:.*&)?v=|(?:embed|shorts|live|video)\/)?([\w-]+)/

const FILMS = {
  youtube: film((id) => `https://www.youtube.com/embed/${id}`),
  vimeo: film((id) => `https://player.vimeo.com/video/${id}`),
  bilibili: film((id) => {
    const number = /^av(\d+)$/.exec(id)?.[1]
    return `https://player.bilibili.com/player.html?${number ? `aid=${number}` : `bvid=${id}`}`
  }),
}

const PICTURE = /\.(?:avif|gif|jpe?g|png|svg|webp)(?:[?#].*)?$/i

const picture: Render = ({ plain, named }) => {
  const src =
    named.get('src') ??
    named.get('path') ??
    [...named.values()].find((one) => PICTURE.test(one)) ??
    plain.find((one) => /\/|\.\w+$/.test(one)) ??
    plain[0]
  if (src === undefined) return undefined
  const title = named.get('title') ?? ''
  const caption = named.get('caption')
  const inWords = caption && isMarked(caption) ? title : caption
  const alt = named.get('alt') ?? inWords ?? altBehind(src, plain) ?? title
  const image = `<img src="${escaped(src)}" alt="${escaped(alt)}">`
  const below = [title, caption, named.get('attr')].filter(Boolean).join(' ')
  if (below === '') return image
  // Hugo reads captions as Markdown, which a blank line begins in HTML.
  const shown = isMarked(below) ? `\n\n${below}\n\n` : escaped(below)
  return block(`<figure>${image}<figcaption>${shown}</figcaption></figure>`)
}

/** Hexo's quotes within quotes: a title, and a text for those who can't see the picture. */
const TITLE_AND_ALT = /^(["'])(?:(?!\1\s+["']).)*\1\s+(["'])(?<alt>.*)\2$/

/** The last argument behind a picture's address that is no size. */
function altBehind(src: string, plain: readonly string[]): string | undefined {
  const behind = plain.slice(plain.indexOf(src) + 1)
  const last = behind.findLast((one) => !/^\d+(px|%)?$/.test(one))
  return last && (TITLE_AND_ALT.exec(last)?.groups?.alt ?? last)
}

function isMarked(text: string): boolean {
  return /[*_`[<]/.test(text)
}

const FILM = /\.(?:m4v|mov|mp4|ogv|webm)(?:[?#].*)?$/i
const SOUND = /\.(?:aac|flac|m4a|mp3|oga|ogg|opus|wav)(?:[?#].*)?$/i

const recording =
  (element: 'audio' | 'video', ending: RegExp): Render =>
  ({ named, plain }) => {
    const src = [...named.values(), ...plain].find((one) => ending.test(one))
    return src && block(`<${element} src="${escaped(src)}" controls></${element}>`)
  }

const bareLink =
  (address: (args: Arguments) => string | undefined): Render =>
  (args) => {
    const href = address(args)
    return href && `<a href="${escaped(href)}">${escaped(href)}</a>`
  }

/** The file of another article, which `resolve` makes its address; Hugo's users leave out the ending. */
const article: Render = ({ plain, named }) => {
  const [, path = '', fragment = ''] =
    /^([^#]*)(#.*)?$/s.exec(plain[0] ?? named.get('path') ?? '') ?? []
  const file =
    path === '' || /\.(?:mdx?|markdown|html?)$/i.test(path) ? path : `${path.replace(/\/$/, '')}.md`
  return file + fragment || undefined
}

const post = bareLink(({ named, plain }) => {
  const whole = [...named.values(), ...plain].find((one) => /^https?:/.test(one))
  if (whole !== undefined) return whole
  const user = named.get('user') ?? (plain.length > 1 ? plain[0] : 'i')
  const id = named.get('id') ?? plain.at(-1)
  return id && `https://x.com/${user}/status/${id}`
})

const instagram = bareLink(({ plain: [id] }) => id && `https://www.instagram.com/p/${id}/`)

/** Who said what follows, and where. */
const quotation: Render = ({ plain, named }) => {
  const said = ['author', 'by', 'source'].flatMap((name) => named.get(name) ?? [])
  const whole = [...plain, said.join(', ')].join(' ').trim()
  return whole && block(`<p><cite>${escaped(whole)}</cite></p>`)
}

/** Hexo's `address, words, icon`; in other themes a closing tag follows the words, which stay as they are. */
const button: Render = (args, inside) => {
  const text = args.named.get('text') ?? args.named.get('label')
  const address = addressIn(args)
  if (text && address) return `<a href="${escaped(address)}">${escaped(text)}</a>`
  const [, ...written] = /^\w+\s+(?![\w-]+=)([^,]*),([^,]*)/.exec(inside) ?? []
  // Butterfly's users put the address in quotes.
  const [href = '', words = ''] = written.map((part) => part.trim().replace(/^(["'])(.*)\1$/, '$2'))
  return words === '' ? undefined : `<a href="${escaped(href)}">${escaped(words)}</a>`
}

/** Hexo's and Jekyll's name of another post, without the ending. */
const postFile: Render = ({ plain: [name] }) => name && `${name}.md`

const postLink: Render = ({ plain: [name, ...others] }) => {
  const words = others.filter((one) => !/^(true|false)$/.test(one)).join(' ')
  return name && `<a href="${escaped(name)}.md">${escaped(words || name)}</a>`
}

const linkTo: Render = ({ plain, named }) => {
  const at = plain.findIndex((one) => /^https?:/.test(one))
  const href = named.get('href') ?? plain[at]
  // Jekyll's is the address of a file; what others have would stand before the words that follow it.
  if (href === undefined) return plain.slice(0, 1).find((one) => /\.\w+$/.test(one))
  // Hexo has the words before the address, Hugo's themes behind it.
  const words = named.get('content') || plain.slice(0, Math.max(0, at)).join(' ') || plain[at + 1]
  return `<a href="${escaped(href)}">${escaped(words || href)}</a>`
}

/** What it looks like, and its words behind an `@`; or the words alone. */
const label: Render = ({ plain }, inside) => {
  const [, words] = /@([\s\S]*)$/.exec(inside) ?? []
  const shown = words?.trim() ?? plain[0]
  return shown && escaped(shown)
}

const TAGS: Readonly<Record<string, Render>> = {
  figure: picture,
  image: picture,
  img: picture,
  asset_img: picture,
  inlineImg: picture,
  asset_path: ({ plain }) => plain[0],
  ...FILMS,
  vimeo_simple: FILMS.vimeo,
  video: recording('video', FILM),
  audio: recording('audio', SOUND),
  iframe: ({ plain }) => plain[0] && block(`<iframe src="${escaped(plain[0])}"></iframe>`),
  gist: bareLink(
    ({ plain }) => plain[0] && `https://gist.github.com/${plain.slice(0, 2).join('/')}`,
  ),
  tweet: post,
  twitter: post,
  x: post,
  twitter_simple: post,
  x_simple: post,
  instagram,
  instagram_simple: instagram,
  link: linkTo,
  btn: button,
  button,
  label,
  ref: article,
  relref: article,
  post_url: postFile,
  post_path: postFile,
  post_link: postLink,
  // Without words for readers.
  icon: () => '',
  katex: () => '',
  rawhtml: () => '',
  toc: () => '',
  blockquote: quotation,
  quote: quotation,
  pullquote: () => '',
}

const PLAYER = /^https:\/\/(?:www\.youtube(?:-nocookie)?\.com\/embed|player\.vimeo\.com\/video)\//

/**
 * An include of a Jekyll theme that shows a film, a picture or a recording, as its arguments tell. What the include does
 * can't be known; most put the base URL's path before a path of the site.
 */
function renderInclude({ plain, named }: Arguments, site: Site): string | undefined {
  const kind = `${plain[0]} ${named.get('provider') ?? ''}`.toLowerCase()
  const shown = Object.entries(FILMS).find(([name]) => kind.includes(name))?.[1]
  const id = named.get('id')
  // Without quotes it may be a variable.
  if (shown !== undefined && id !== undefined && /^[\w-]+$/.test(id))
    return shown({ plain: [id], named: new Map() }, '')
  const player = [...named.values()].find((one) => PLAYER.test(one))
  if (player !== undefined) return block(`<iframe src="${escaped(player)}"></iframe>`)
  const src = [...named.values()].find((one) => [PICTURE, FILM, SOUND].some((end) => end.test(one)))
  // Jekyll renders no code in quotes: such an address leads nowhere.
  if (src === undefined || src.includes('{{')) return undefined
  const isWhole = /^(?:https?:)?\/\//.test(src) || src.startsWith(`${below(site)}/`)
  const path = isWhole ? src : `${below(site)}/${src.replace(/^\//, '')}`
  const args = { plain: [path], named: new Map() }
  if (!PICTURE.test(src)) return TAGS[FILM.test(src) ? 'video' : 'audio']?.(args, '')
  return pictureAt(path, named)
}

/** A theme's own shortcode for pictures. Where one lies that is in a folder below, only the theme knows. */
function renderPicture(tag: Tag): string | undefined {
  const { plain, named } = tag.args
  if (!isShortcode(tag) || !/(?:^|[_-])(?:figure|image|img|picture)(?:[_-]|$)/.test(tag.name))
    return undefined
  const src = [...named.values(), ...plain].find((one) => PICTURE.test(one))
  const isBelow = tag.open.length === 3 && /^[^./:][^:]*\//.test(src ?? '')
  return src === undefined || isBelow ? undefined : pictureAt(src, named)
}

function pictureAt(src: string, named: Arguments['named']): string | undefined {
  const facts = ['alt', 'caption', 'title'].flatMap((name) => {
    const text = named.get(name) ?? (name === 'caption' ? named.get('description') : undefined)
    return text === undefined ? [] : [[name, text] as const]
  })
  return picture({ plain: [], named: new Map([['src', src], ...facts]) }, '')
}

/** `{{ site.baseurl }}`, `{{ "/a.png" | relative_url }}`, `{{ page.title }}`: values that are known without the generator. */
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

/** The base URL's path without its last `/`, to stand before a path. */
function below({ base }: Site): string {
  return new URL(base).pathname.replace(/\/$/, '')
}

function block(html: string): string {
  return `\n\n${html}\n\n`
}
