// An export behind nginx and Caddy as the files beside it set them up: each address answers as Gazette itself would.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Manifest } from '../../src/export/manifest.ts'
import { remove, written } from '../quick/support/folder.ts'
import { ask } from './raw-http.ts'
import { BASE, build, freePort, PROGRAM, STARTING } from './server.ts'

/** Names that mean something to a host's configuration, to URLs or to a shell. */
const AWKWARD = [
  'c++',
  'r&d',
  '100%',
  'a"b',
  '$uri',
  'x{y}',
  "o'neil",
  'back\\slash',
  '#9',
  '港口 外贸',
  // In the one spelling of terms it ends with a `?`.
  '怎么办？',
  'four*',
  '*{[5]}?',
  '[x-z]',
  '^a|b`',
  '<i>',
  '%2f',
]

/** Where the publication lies below its host. */
const PLACES = ['', 'my%20blog/100%25/'] as const
type Place = (typeof PLACES)[number]

let home: string
/** The folders of the exports, and what is said of them. */
const folderOf = (place: Place) => join(home, 'public', String(PLACES.indexOf(place)))
const manifests = new Map<Place, Manifest>()

beforeAll(async () => {
  const terms = AWKWARD.flatMap((name) => [
    `    ${JSON.stringify(`was ${name}`)}: { renamedTo: ${JSON.stringify(name)} }`,
    `    ${JSON.stringify(`no ${name}`)}: { retired: It is over. }`,
  ])
  const articles = AWKWARD.flatMap((name, at) => [
    [
      `content/${at}.md`,
      `---\nid: n${at}\nslug: ${JSON.stringify(at === 1 ? '1' : name)}\ntitle: ${JSON.stringify(name)}\npublished: 2026-03-0${(at % 9) + 1}T08:30:00Z\ntags: [${JSON.stringify(name)}]\nsections: [${JSON.stringify(`News/${name}`)}]\npictures: [{ file: ferry.svg, alt: A ferry }]\n---\nWords enough about ${name}.\n`,
    ],
    [
      `content/gone-${at}.md`,
      `---\nid: g${at}\nslug: ${JSON.stringify(`gone ${name}`)}\ntitle: Gone\npublished: 2026-03-01\nwithdrawn: 2026-03-02\n---\nWords.\n`,
    ],
  ])
  home = written({
    'content/site.yaml': `title: Harbour Post\nauthority: harbour.example,2026\ntaxonomy:\n  tags:\n${terms.join('\n')}\n`,
    'content/ferry.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>',
    ...Object.fromEntries(articles),
  })
  const content = join(home, 'content')
  await build()
  for (const place of PLACES) {
    const out = folderOf(place)
    await promisify(execFile)(process.execPath, [
      ...[PROGRAM, 'export', '--content', content, '--out', out, '--url', `${BASE}${place}`],
      ...['--state', join(home, 'state')],
    ])
    manifests.set(place, JSON.parse(await readFile(join(out, '.gazette/manifest.json'), 'utf8')))
  }
  return () => remove(home)
}, STARTING)

interface Host {
  readonly name: string
  readonly codings: readonly string[]
  /** What is said in front of and behind what Gazette wrote. */
  readonly start: (port: number, folder: string) => Promise<ChildProcess>
}

const HOSTS: readonly Host[] = [
  {
    name: 'nginx',
    // Debian's has no brotli.
    codings: ['gzip'],
    async start(port, folder) {
      const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
        .map((name) => `${name}_temp_path ${home}/${name};`)
        .join('\n')
      const file = join(home, 'nginx.conf')
      await writeFile(
        file,
        `daemon off; master_process off; pid ${home}/pid; error_log stderr error;
events {}
http {
include /etc/nginx/mime.types;
access_log off;
${paths}
server { listen 127.0.0.1:${port}; root ${folder}; include ${folder}/.gazette/nginx.conf; }
}
`,
      )
      return spawn('nginx', ['-p', home, '-c', file], { stdio: 'inherit' })
    },
  },
  {
    name: 'Caddy',
    codings: ['gzip', 'br'],
    async start(port, folder) {
      const file = join(home, 'Caddyfile')
      await writeFile(
        file,
        `{\n\tadmin off\n\tlog {\n\t\tlevel ERROR\n\t}\n}\nhttp://:${port} {\n\tbind 127.0.0.1\n\troot * ${folder}\n\timport ${folder}/.gazette/Caddyfile\n}\n`,
      )
      const environment = { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home }
      return spawn('caddy', ['run', '--config', file, '--adapter', 'caddyfile'], {
        stdio: 'inherit',
        env: environment,
      })
    },
  },
]

const CASES = HOSTS.flatMap((host) => PLACES.map((place) => ({ ...host, place })))

describe.each(CASES)('$name with $place', ({ start, codings, place }) => {
  let host: ChildProcess
  let address: string
  let folder: string
  let manifest: Manifest
  const at = (path: string) => `/${place}${path}`

  beforeAll(async () => {
    const port = await freePort()
    address = `http://127.0.0.1:${port}/`
    folder = folderOf(place)
    manifest = manifests.get(place) ?? expect.fail()
    host = await start(port, folder)
    await vi.waitFor(() => ask(address, '/'), { timeout: 20_000, interval: 100 })
  })

  afterAll(async () => {
    host.kill()
    if (host.exitCode === null) await once(host, 'exit')
  })

  it('answers with each file, as it lies there, and says what it is', async () => {
    const apart = ['404.html', 'robots.txt']
    const files = manifest.files.filter(({ file }) => !apart.includes(file))
    expect(files.length).toBeGreaterThan(100)
    for (const { file, path, headers } of files) {
      const answer = await ask(address, path)
      expect([path, answer.status]).toEqual([path, 200])
      expect(answer.body.equals(await readFile(join(folder, file))), path).toBe(true)
      expect([path, answer.get('content-type')?.toLowerCase()]).toEqual([
        path,
        expect.stringMatching(typeLike(headers['Content-Type'] ?? '')),
      ])
      expect(answer.get('x-content-type-options'), path).toBe('nosniff')
      expect(answer.get('content-security-policy') ?? undefined, path).toBe(
        headers['Content-Security-Policy'],
      )
      expect(answer.get('cache-control'), path).toBe(headers['Cache-Control'])
    }
  })

  it.each(codings)('answers in %s with what lies packed', async (coding) => {
    const ending = coding === 'gzip' ? '.gz' : '.br'
    for (const path of ['rss.xml', 'tags/c++/atom.xml', 'feed.json', '', 'articles/1'].map(at)) {
      const found = manifest.files.find((one) => one.path === path)
      const answer = await ask(address, path, [`Accept-Encoding: ${coding}`])
      expect([path, answer.get('content-encoding')]).toEqual([path, coding])
      const packed = await readFile(join(folder, `${found?.file}${ending}`))
      expect(answer.body.equals(packed), path).toBe(true)
      expect(answer.get('content-type')?.toLowerCase(), path).toBe(
        found?.headers['Content-Type']?.toLowerCase(),
      )
    }
  })

  it('says nothing new is there to who knows it', async () => {
    const { get } = await ask(address, at('tags/c++/rss.xml'))
    const again = await ask(address, at('tags/c++/rss.xml'), [`If-None-Match: ${get('etag')}`])
    expect([again.status, again.body.length]).toEqual([304, 0])
  })

  it('leads on from what was renamed, and says what is no more', async () => {
    expect(manifest.moved).toHaveLength(4 * AWKWARD.length)
    for (const { path, to } of manifest.moved) {
      const { status, get } = await ask(address, path)
      expect([path, status]).toEqual([path, 301])
      expect(decodeURIComponent(get('location') ?? '')).toBe(decodeURIComponent(to))
    }
    expect(manifest.gone).toHaveLength(5 * AWKWARD.length)
    for (const path of manifest.gone)
      expect([path, (await ask(address, path)).status]).toEqual([path, 410])
  })

  it('has a page for what is not there, and does not show what is said to hosts', async () => {
    const page = await readFile(join(folder, '404.html'))
    for (const path of [
      ...['tags/none/rss.xml', 'nothing', 'articles/none'].map(at),
      ...['/.gazette/manifest.json', '/_headers', '/_redirects'],
    ]) {
      const { status, body, get } = await ask(address, path)
      expect([path, status]).toEqual([path, 404])
      expect(body.equals(page), path).toBe(true)
      expect([path, get('content-type'), get('cache-control')]).toEqual([
        path,
        expect.stringMatching(/^text\/html; charset=utf-8$/i),
        'public, max-age=60',
      ])
    }
  })
})

/** A host's own table of types leaves the encoding of a picture out. */
function typeLike(type: string): RegExp {
  const [name = '', parameters = ''] = type.toLowerCase().split(/(?=;)/)
  const isText = /xml|json|opml|html|css|javascript/.test(name) && !name.startsWith('image/')
  return new RegExp(`^${name.replace('+', '\\+')}${isText ? parameters : ''}`)
}
