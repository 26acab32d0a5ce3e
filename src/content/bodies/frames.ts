// Frames and plug-ins, which feed readers don't show: a link to what they would have shown, with its picture if it has one.
import type { Element, ElementContent, Root } from 'hast'
import type { Resolve } from './cleaning.ts'
import { descendants, element, isNamed, textOf } from './elements.ts'
import { isUnseen, loadLazily } from './pictures.ts'

/** What people would open instead of a player's address. */
interface Watched {
  readonly page: string
  /** Of hosts whose pictures have addresses made of the same parts. */
  readonly picture?: string | undefined
  /** Of the picture, where all of a host's have the same. */
  readonly size?: { readonly width: number; readonly height: number }
}

interface Player {
  readonly name: string
  readonly host: RegExp
  readonly watch: (player: URL) => Watched | undefined
}

/** Players by host. Addresses tell everything: no host is ever asked. */
const PLAYERS: readonly Player[] = [
  { name: 'YouTube', host: /^(www\.|m\.)?youtube(-nocookie)?\.com$/, watch: watchYouTube },
  {
    name: 'Vimeo',
    host: /^player\.vimeo\.com$/,
    watch: ({ pathname, searchParams }) =>
      page(/^\/video\/(\d+)/.exec(pathname)?.[1], (id) => {
        const key = shaped(searchParams.get('h'), /^\w+$/)
        return `https://vimeo.com/${id}${key === undefined ? '' : `/${key}`}`
      }),
  },
  {
    name: 'Bilibili',
    host: /^(player|www)\.bilibili\.com$/,
    watch: ({ searchParams }) => {
      const video = shaped(searchParams.get('bvid'), /^BV\w{10}$/)
      const number = shaped(searchParams.get('aid'), /^\d+$/)
      const part = shaped(searchParams.get('p') ?? searchParams.get('page'), /^([2-9]|\d{2,})$/)
      return page(
        video ?? (number && `av${number}`),
        (id) => `https://www.bilibili.com/video/${id}/${part === undefined ? '' : `?p=${part}`}`,
      )
    },
  },
  {
    name: 'Dailymotion',
    host: /^(www|geo)\.dailymotion\.com$/,
    watch: ({ pathname, searchParams }) => {
      const embedded = /^\/embed\/video\/(\w+)/.exec(pathname)?.[1]
      return page(
        embedded ?? shaped(searchParams.get('video'), /^\w+$/),
        (id) => `https://www.dailymotion.com/video/${id}`,
        (id) => `https://www.dailymotion.com/thumbnail/video/${id}`,
      )
    },
  },
  {
    name: 'Youku',
    host: /^player\.youku\.com$/,
    watch: ({ pathname }) =>
      page(
        /^\/embed\/([\w=]+)/.exec(pathname)?.[1],
        (id) => `https://v.youku.com/v_show/id_${id}.html`,
      ),
  },
  {
    name: '腾讯视频',
    host: /^v\.qq\.com$/,
    watch: ({ searchParams }) =>
      page(shaped(searchParams.get('vid'), /^\w+$/), (id) => `https://v.qq.com/x/page/${id}.html`),
  },
  {
    name: 'TED',
    host: /^embed(-ssl)?\.ted\.com$/,
    watch: ({ pathname }) =>
      page(
        /^\/talks\/(?:lang\/[\w-]+\/)?(\w+)/.exec(pathname)?.[1],
        (talk) => `https://www.ted.com/talks/${talk}`,
      ),
  },
  {
    name: 'Twitch',
    host: /^player\.twitch\.tv$/,
    watch: ({ searchParams }) => {
      const video = shaped(searchParams.get('video'), /^v?\d+$/)
      const channel = shaped(searchParams.get('channel'), /^\w+$/)
      return page(
        video === undefined ? channel : `videos/${video.replace('v', '')}`,
        (path) => `https://www.twitch.tv/${path}`,
      )
    },
  },
  {
    name: 'Internet Archive',
    host: /^archive\.org$/,
    watch: ({ pathname }) =>
      page(
        /^\/embed\/([\w.-]+)/.exec(pathname)?.[1],
        (id) => `https://archive.org/details/${id}`,
        (id) => `https://archive.org/services/img/${id}`,
      ),
  },
  {
    name: 'Spotify',
    host: /^open\.spotify\.com$/,
    watch: ({ pathname }) =>
      page(
        /^\/embed\/(\w+\/\w+)/.exec(pathname)?.[1],
        (path) => `https://open.spotify.com/${path}`,
      ),
  },
  {
    name: 'SoundCloud',
    host: /^w\.soundcloud\.com$/,
    watch: ({ searchParams }) =>
      page(shaped(searchParams.get('url'), /^https:\/\/(www\.)?soundcloud\.com\//), (url) => url),
  },
]

function watchYouTube({ pathname, searchParams }: URL): Watched | undefined {
  const list = shaped(searchParams.get('list'), /^[\w-]+$/)
  const id = /^\/(?:embed|v|shorts|live)\/([\w-]{11})(?:[/?&]|$)/.exec(pathname)?.[1]
  if (id === undefined || id === 'videoseries') {
    return page(list, (found) => `https://www.youtube.com/playlist?list=${found}`)
  }
  const start = shaped(searchParams.get('start'), /^\d+$/)
  return {
    page: `https://www.youtube.com/watch?v=${id}${start === undefined ? '' : `&t=${start}s`}`,
    picture: `https://i.ytimg.com/vi/${id}/hqdefault.jpg`,
    size: { width: 480, height: 360 },
  }
}

function page(
  id: string | undefined,
  address: (id: string) => string,
  picture?: (id: string) => string,
): Watched | undefined {
  if (id === undefined || id === '') return undefined
  return { page: address(id), picture: picture?.(id) }
}

function shaped(value: string | null, shape: RegExp): string | undefined {
  return value !== null && shape.test(value) ? value : undefined
}

/** Characters of a link's text. */
const LONGEST_NAME = 200

/** What replaces a frame or plug-in; `undefined` if the element is none. One that is unseen or leads nowhere is removed. */
export function settleFrame(
  node: Element,
  resolve: Resolve,
  parent: Element | Root,
): ElementContent[] | undefined {
  if (!/^(iframe|embed|object)$/.test(node.tagName)) return undefined
  // What stands inside is for readers like these.
  if (node.tagName === 'object' && descendants(node, isAlternative).length > 0) {
    return node.children.filter((child) => !isNamed(child, /^param$/))
  }
  loadLazily(node)
  const address = resolve(addressOf(node))
  if (address === undefined || !/^https?:/.test(address) || isUnseen(node)) return []
  const { name, page, picture, size } = watched(new URL(address))
  const shown = [...(labelOf(node) ?? name)].slice(0, LONGEST_NAME).join('')
  const content: ElementContent =
    picture === undefined
      ? { type: 'text', value: shown }
      : element('img', { src: picture, alt: shown, ...size })
  const link = element('a', { href: page }, [content])
  const isAmongBlocks = parent.type === 'root' || BLOCKS.test(parent.tagName)
  return [isAmongBlocks ? element('p', {}, [link]) : link]
}

/** Elements in which a paragraph stands well. */
const BLOCKS = /^(article|aside|blockquote|body|center|div|main|section)$/

/** The frame's title; what stands inside an `<iframe>` is for browsers of the last century. */
function labelOf(node: Element): string | undefined {
  const texts = [
    node.properties.title,
    node.tagName === 'object' ? textOf(node, LONGEST_NAME) : undefined,
  ]
  return texts
    .map((text) =>
      String(text ?? '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .find(Boolean)
}

/** Whether it can stand for the `<object>` around it. */
function isAlternative({ tagName, properties: { href } }: Element): boolean {
  return (
    /^(audio|embed|iframe|img|object|picture|video)$/.test(tagName) ||
    (tagName === 'a' && href !== undefined)
  )
}

/** As it is written; where nothing is, one that leads nowhere. */
function addressOf(node: Element): string {
  const { src, data } = node.properties
  const written = node.tagName === 'object' ? (data ?? parameter(node)) : src
  return String(written ?? '').trim() || 'about:blank'
}

/** The film of a plug-in of old. */
function parameter(node: Element): unknown {
  const names = /^(movie|src|url)$/i
  return descendants(
    node,
    ({ tagName, properties: { name } }) => tagName === 'param' && names.test(String(name)),
  )[0]?.properties.value
}

function watched(address: URL): Watched & { readonly name: string } {
  for (const { name, host, watch } of PLAYERS) {
    const found = host.test(address.hostname) ? watch(address) : undefined
    if (found !== undefined) return { name, ...found }
  }
  return { name: address.hostname, page: address.href }
}
