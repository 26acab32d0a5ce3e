// Configuration for hosts of an export (headers, redirects, what is gone) in the syntax of nginx, Caddy and Netlify.
import { FILE_NAMES, OPML_FILE } from '../domain/address.ts'
import type { ExportedFile, Manifest } from './manifest.ts'
import { folderOf, NOT_FOUND_FILE } from './targets.ts'

/** The files of configuration, by their paths under the folder. */
export function hostFiles(manifest: Manifest): Readonly<Record<string, string>> {
  const headers = headersByKind(manifest)
  return {
    '.gazette/nginx.conf': nginx(manifest, headers),
    '.gazette/Caddyfile': caddy(manifest, headers),
    // Netlify's names, which other hosts adopted.
    _headers: headersFile(manifest, headers),
    _redirects: redirectsFile(manifest),
  }
}

/** Documents that are served alike, known by their file names. */
const DOCUMENTS = {
  rss: FILE_NAMES.rss,
  atom: FILE_NAMES.atom,
  json: FILE_NAMES.json,
  opml: OPML_FILE,
} as const

const PAGE = 'index.html'
const FOLDERS = ['articles', 'assets', 'media'] as const

/** Headers that differ from file to file. They are left out, since the documents say the same themselves. */
const OWN = ['Link', 'Content-Location']

type Headers = Readonly<Record<string, string>>

/** The headers of the first file of each kind, which hold for all of that kind. The kind is a file's name or its folder. */
type HeadersByKind = ReadonlyMap<string, Headers>

const KINDS = new Set<string>([
  ...Object.values(DOCUMENTS),
  PAGE,
  ...FOLDERS.map((name) => `${name}/`),
])

/** All kinds in one walk, since there may be tens of thousands of files. */
function headersByKind({ base, files }: Manifest): HeadersByKind {
  const { length } = folderOf(base)
  const found = new Map<string, Headers>()
  for (const { file, headers } of files) {
    const name = file.slice(file.lastIndexOf('/') + 1)
    const folder = file.slice(length, file.indexOf('/', length) + 1)
    for (const kind of [name, folder]) {
      if (!KINDS.has(kind) || found.has(kind)) continue
      const alike = Object.entries(headers).filter(([field]) => !OWN.includes(field))
      found.set(kind, Object.fromEntries(alike))
    }
  }
  return found
}

/** The table that comes with nginx gives scripts another type, and no charset to either. */
const OWN_TYPES = [
  '  types { text/css css; text/javascript js; }',
  '  charset_types text/css text/javascript;',
]

/** The headers of the page for whatever isn't there; nothing where there is no such page. */
function notFoundHeaders({ files }: Manifest): Headers | undefined {
  return files.find(({ file }) => file === NOT_FOUND_FILE)?.headers
}

function nginx(manifest: Manifest, headersOf: HeadersByKind): string {
  const { base, moved, gone } = manifest
  const folder = `/${folderOf(base)}`
  const notFound = notFoundHeaders(manifest)
  const add = (headers: Headers = {}) =>
    Object.entries(headers)
      .filter(([name]) => name !== 'Content-Type')
      .map(([name, value]) => `  add_header ${name} ${quoted(value)} always;`)
  const documents = Object.values(DOCUMENTS).flatMap((name) => {
    const headers = headersOf.get(name)
    if (headers === undefined) return []
    const type = quoted(headers['Content-Type'] ?? '')
    const ending = name.replaceAll('.', '\\.')
    return [
      `location ~ /${ending}$ {`,
      '  types { }',
      `  default_type ${type};`,
      ...add(headers),
      '}',
    ]
  })
  return lines([
    '# For a server block of nginx whose root is the folder of this export: include it there.',
    'gzip_static on;',
    'gzip_vary on;',
    '# With the module ngx_brotli: brotli_static on;',
    ...(notFound === undefined
      ? []
      : [
          `error_page 404 /${NOT_FOUND_FILE};`,
          `location = /${NOT_FOUND_FILE} {`,
          '  charset utf-8;',
          ...add(notFound),
          '}',
        ]),
    ...['^~ /.gazette/', '= /_headers', '= /_redirects'].map(
      (ours) => `location ${ours} { return 404; }`,
    ),
    'location / {',
    '  charset utf-8;',
    '  try_files $uri $uri.html $uri/index.html =404;',
    ...add(headersOf.get(PAGE)),
    '}',
    ...(['assets', 'media'] as const).flatMap((name) => {
      const headers = headersOf.get(`${name}/`)
      return headers === undefined
        ? []
        : [
            `location ^~ ${quoted(`${folder}${name}/`)} {`,
            ...(name === 'assets' ? OWN_TYPES : []),
            '  charset utf-8;',
            ...add(headers),
            '}',
          ]
    }),
    ...documents,
    // In nginx `$` begins a variable.
    ...moved.map(
      ({ path, to }) =>
        `location = ${quoted(decodeURIComponent(path))} { return 301 ${quoted(to.replaceAll('$', '%24'))}; }`,
    ),
    ...gone.map((path) => `location = ${quoted(decodeURIComponent(path))} { return 410; }`),
  ])
}

function caddy(manifest: Manifest, headersOf: HeadersByKind): string {
  const { base, moved, gone } = manifest
  const notFound = notFoundHeaders(manifest)
  const within = (name: string) => quoted(`/${forCaddy(folderOf(base))}${name}/*`)
  const each = (headers: Headers) =>
    Object.entries(headers).map(([field, value]) => `\t${field} ${quoted(value)}`)
  const rule = (name: string, paths: string, headers: Headers | undefined) =>
    headers === undefined
      ? []
      : [`@${name} path ${paths}`, `header @${name} {`, ...each(headers), '}']
  const without = (name: string, headers: Headers | undefined) =>
    headers && Object.fromEntries(Object.entries(headers).filter(([field]) => field !== name))
  const led = moved.map(({ path, to }, at) => ({ ...caddyPath(path, `moved${at}`), to }))
  const withdrawn = gone.map((path, at) => caddyPath(path, `gone${at}`))
  return lines([
    '# For a site of Caddy whose root is the folder of this export: import it there.',
    ...Object.entries(DOCUMENTS).flatMap(([kind, name]) =>
      rule(kind, `*/${name}`, headersOf.get(name)),
    ),
    ...rule('pages', `*/ ${within('articles')}`, headersOf.get(PAGE)),
    ...(['assets', 'media'] as const).flatMap((name) =>
      rule(name, within(name), without('Content-Type', headersOf.get(`${name}/`))),
    ),
    ...[...led, ...withdrawn].flatMap(({ matcher }) => matcher),
    ...led.map(({ name, to }) => `redir ${name} ${quoted(to)} permanent`),
    `@article path ${within('articles')}`,
    // A route keeps this order, which Caddy would change.
    'route {',
    ...withdrawn.map(({ name }) => `\trespond ${name} 410`),
    // `try_files` finds nothing that has a `?` or a backslash in its name.
    '\turi @article path_regexp $ .html',
    '\tfile_server {',
    '\t\thide .gazette _headers _redirects',
    '\t\tprecompressed br gzip',
    '\t}',
    '}',
    ...(notFound === undefined
      ? []
      : [
          'handle_errors {',
          // In the place of the headers that the requested path got for its name.
          '\theader {',
          ...each(notFound).map((line) => `\t${line}`),
          '\t}',
          `\trewrite * /${NOT_FOUND_FILE}`,
          '\tfile_server',
          '}',
        ]),
  ])
}

/**
 * A rule for each path, since hosts read wildcards differently, and for some folders one rule for all that is in them. Paths
 * near the root come first: where a host takes only so many rules, the most subscribed feeds have theirs.
 */
function headersFile({ base, files }: Manifest, headersOf: HeadersByKind): string {
  const inFolders = FOLDERS.map((name) => `${folderOf(base)}${name}/`)
  const block = (path: string, headers: Headers | undefined) =>
    headers === undefined
      ? []
      : [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)]
  const isApart = ({ file }: ExportedFile) => !inFolders.some((folder) => file.startsWith(folder))
  return lines([
    ...FOLDERS.flatMap((name) => {
      const { 'Content-Type': type = '', ...headers } = headersOf.get(`${name}/`) ?? {}
      const path = new URL(`${name}/*`, base).pathname
      return Object.keys(headers).length === 0
        ? []
        : block(path, name === 'articles' ? { 'Content-Type': type, ...headers } : headers)
    }),
    ...files
      .filter(isApart)
      .sort((a, b) => depthOf(a) - depthOf(b))
      .flatMap((file) => block(file.path, file.headers)),
  ])
}

function depthOf({ path }: ExportedFile): number {
  return path.split('/').length
}

function redirectsFile({ moved }: Manifest): string {
  return lines(moved.map(({ path, to }) => `${path} ${to} 301`))
}

/** A path for Caddy, which compares decoded paths. What it would take for a pattern or a placeholder has to be encoded. */
function forCaddy(decoded: string): string {
  return decoded.replace(/[%?*[\]{}"\\]/g, (mark) => `%${hex(mark).toUpperCase()}`)
}

/** A matcher for one path, and its name. A path with `*` needs a regular expression, since addresses don't encode that. */
function caddyPath(path: string, name: string): { matcher: readonly string[]; name: string } {
  const decoded = decodeURIComponent(path)
  if (!decoded.includes('*')) return { matcher: [], name: quoted(forCaddy(decoded)) }
  const literally = decoded.replace(/[!-.:-@[-`{-~ ]/g, (mark) => `\\x${hex(mark)}`)
  return { matcher: [`@${name} path_regexp ^${literally}$`], name: `@${name}` }
}

function hex(mark: string): string {
  return mark.charCodeAt(0).toString(16).padStart(2, '0')
}

/** A text in quotes, as nginx and Caddy both read it. */
function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('')
}
