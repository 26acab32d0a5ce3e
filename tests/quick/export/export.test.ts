// `gazette export`: the same feeds and pages as files; only what changed is written, and nothing is lost where it breaks off.
import { createHash } from 'node:crypto'
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { fromHtml } from 'hast-util-from-html'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { hostFiles } from '../../../src/export/hosts.ts'
import { type Manifest, printManifest, readManifest } from '../../../src/export/manifest.ts'
import { only, parseStrictly } from '../support/documents.ts'
import { filesIn, folderOf, remove, written } from '../support/folder.ts'
import { gazette } from '../support/gazette.ts'
import { discoveredIn, elementsIn, headingOf, linksOf } from '../support/html.ts'

const BASE = 'https://harbour.example/'
const SITE = `
title: Harbour Post
url: ${BASE}
authority: harbour.example,2026
hubs: [https://hub.example/]
taxonomy:
  tags:
    quays: { renamedTo: quay }
    steamers: { retired: They sail no more. }
  sections:
    fleet: { retired: It was sold. }
feeds:
  sport: { title: Sport, filter: { tag: sport } }
  secret:
    title: For members
    filter: { tag: quay }
    private: true
    tokens: [{ name: ann, hash: 'sha256:${'a'.repeat(64)}' }]
`
const article = (name: string, fields: string, text = `The text of ${name}.`) =>
  `---\nid: ${name}\ntitle: ${name}\n${fields}\n---\n${text}\n`
const FILES = {
  'site.yaml': SITE,
  'crane.md': article(
    'Crane',
    'published: 2026-03-09T08:30:00Z\ntags: [quay, C++]\nsections: [News/港口]\npictures: [{ file: crane.svg, alt: A crane }]',
  ),
  'crane.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>',
  'lanterns.md': article('Lanterns', 'published: 2026-03-10T18:00:00Z\ntags: [quay]'),
  'race.md': article(
    'Race',
    'published: 2026-03-11T18:00:00Z\ntags: [sport]\nsections: [Fleet/Tugs]',
  ),
  'tide.md': article(
    'Tide',
    'published: 2026-03-12T18:00:00Z\nwithdrawn: { at: 2026-03-13T00:00:00Z, reason: Wrong. }',
  ),
}

interface Report {
  readonly files: number
  readonly written: readonly string[]
  readonly removed: readonly string[]
  readonly failures: readonly string[]
}

const exported = (content: string, out: string, ...args: string[]) =>
  gazette('export', '--content', content, '--out', out, '--state', `${out}-state`, ...args)

async function report(content: string, out: string, ...args: string[]): Promise<Report> {
  return JSON.parse((await exported(content, out, '--json', ...args)).out)
}

interface Folders {
  readonly content: string
  readonly out: string
  readonly read: (file: string) => Buffer
  readonly manifest: () => Manifest
}

/** A content folder, and one beside it for what is made of it. */
function beside(content: string): Folders {
  const out = `${content}-out`
  const read = (file: string) => readFileSync(path.join(out, file))
  const manifest = () => JSON.parse(String(read('.gazette/manifest.json'))) as Manifest
  return { content, out, read, manifest }
}

function removeAll({ content, out }: Folders) {
  for (const folder of [content, out, `${out}-state`]) remove(folder)
}

function folders(files: Readonly<Record<string, string>> = FILES): Folders {
  const made = beside(folderOf(files))
  onTestFinished(() => removeAll(made))
  return made
}

/** The files as they stand above, and their export: for tests that only look. */
let first: Folders
/** The same without packed files, of which there are twice as many as others. */
let plain: Folders
beforeAll(async () => {
  first = beside(written(FILES))
  plain = beside(written(FILES))
  expect(await exported(first.content, first.out)).toMatchObject({ code: 0 })
  expect(await exported(plain.content, plain.out, '--unpacked')).toMatchObject({ code: 0 })
  return () => [first, plain].forEach(removeAll)
})

/** Copies, to go on from. */
function copied(of: Folders): Folders {
  const made = folders({})
  for (const folder of ['content', 'out'] as const)
    cpSync(of[folder], made[folder], { recursive: true, preserveTimestamps: true })
  return made
}

/** A feed's documents and its page. */
const feed = (folder: string) =>
  ['atom.xml', 'feed.json', 'index.html', 'rss.xml'].map((name) => `${folder}${name}`)

const withoutPacked = (files: readonly string[]) => files.filter((file) => !/\.(gz|br)$/.test(file))

describe('an export', () => {
  it('holds every feed of every term, its page, the articles and what they show', async () => {
    const feeds = ['', 'categories/news/', 'categories/news/港口/', 'feeds/sport/', 'tags/c++/']
    expect(withoutPacked(filesIn(first.out))).toEqual(
      [
        ...[...feeds, 'tags/quay/', 'tags/sport/'].flatMap(feed),
        ...['crane', 'lanterns', 'race'].map((name) => `articles/${name}.html`),
        ...['.gazette/Caddyfile', '.gazette/manifest.json', '.gazette/nginx.conf'],
        ...['404.html', '_headers', '_redirects', 'feeds.opml', 'robots.txt', 'media/crane.svg'],
        ...['assets/page.js', 'assets/style.css'],
      ].sort(),
    )
  })

  it('holds feeds that name no hub and no further page, and lead to what lies there', async () => {
    const { content, out, read, manifest } = folders({
      ...FILES,
      ...Object.fromEntries(
        Array.from({ length: 30 }, (_, day) => [
          `more/${day}.md`,
          // With pages elsewhere, which needn't be looked through.
          article(
            `more-${day}`,
            `published: 2026-02-01T00:${10 + day}:00Z\ntags: [quay]\nurl: https://ferry.example/${day}`,
          ),
        ]),
      ),
    })
    await exported(content, out, '--unpacked')
    const { files } = manifest()
    const paths = files.map((one) => one.path)
    /** Each with a file that has it. */
    const links = new Map<string, string>()
    for (const { file } of files) {
      const text = String(read(file))
      if (/(rss|atom)\.xml$|feed\.json$/.test(file)) {
        expect(text, file).not.toMatch(/hub\.example|page=2/)
      }
      if (!file.endsWith('.html')) continue
      const page = fromHtml(text)
      for (const link of [...linksOf(page), ...discoveredIn(page)])
        if (link.startsWith(BASE)) links.set(link, file)
      expect(elementsIn(page, 'form'), file).toEqual([])
    }
    for (const [link, file] of links) {
      const { pathname, search } = new URL(link)
      expect(['', '?raw', '?text'], `${file} leads to ${link}`).toContain(search)
      expect(paths, `${file} leads to ${link}`).toContain(pathname)
    }
    expect(links.size).toBeGreaterThan(40)
  })

  it('packs what is worth it, and says of each file what it holds', async () => {
    const { read, manifest } = first
    const { files, finished, base } = manifest()
    expect({ finished, base }).toEqual({ finished: true, base: BASE })
    for (const { file, bytes, sha256, packed } of files) {
      const whole = read(file)
      expect([file, whole.length]).toEqual([file, bytes])
      expect(createHash('sha256').update(whole).digest('hex'), file).toBe(sha256)
      if (!packed) continue
      expect(gunzipSync(read(`${file}.gz`)).equals(whole), file).toBe(true)
      expect(brotliDecompressSync(read(`${file}.br`)).equals(whole), file).toBe(true)
    }
    expect(files.filter(({ packed }) => packed).length).toBeGreaterThan(20)
    const headersOf = (name: string) => files.find(({ file }) => file === name)?.headers
    expect(headersOf('tags/c++/rss.xml')).toMatchObject({
      'Content-Type': 'application/rss+xml; charset=utf-8',
      'Cache-Control': expect.stringContaining('max-age=300'),
      'Access-Control-Allow-Origin': '*',
      'X-Content-Type-Options': 'nosniff',
      Link: expect.stringContaining('rel="self"'),
    })
    expect(headersOf('index.html')).toMatchObject({
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': expect.stringContaining("default-src 'none'"),
      'Referrer-Policy': 'strict-origin-when-cross-origin',
    })
    expect(headersOf('media/crane.svg')).toMatchObject({
      'Content-Type': 'image/svg+xml',
      'Content-Security-Policy': expect.stringContaining('sandbox'),
    })
  })

  it('tells hosts what was renamed, retired and withdrawn', async () => {
    const { moved, gone } = first.manifest()
    expect(moved).toEqual(
      ['', 'atom.xml', 'feed.json', 'rss.xml'].map((name) => ({
        path: `/tags/quays/${name}`,
        to: `${BASE}tags/quay/${name}`,
      })),
    )
    expect(gone).toEqual([
      '/articles/tide',
      // What was used stays known as gone below what is retired, too.
      ...['fleet', 'fleet/tugs'].flatMap((section) =>
        ['', 'atom.xml', 'feed.json', 'rss.xml'].map((name) => `/categories/${section}/${name}`),
      ),
      ...['', 'atom.xml', 'feed.json', 'rss.xml'].map((name) => `/tags/steamers/${name}`),
    ])
    expect(String(first.read('_redirects'))).toContain(
      `/tags/quays/rss.xml ${BASE}tags/quay/rss.xml 301\n`,
    )
  })

  it('says nothing of how soon it changes in its headers, which nobody sends at a known time', async () => {
    const soon = new Date(Date.now() + 60_000).toISOString()
    const { content, out, manifest } = folders({
      ...FILES,
      'soon.md': article('Soon', `published: ${soon}`),
    })
    await exported(content, out, '--formats', 'rss', '--feeds-only', '--unpacked')
    const rss = manifest().files.find(({ file }) => file === 'rss.xml')
    expect(rss?.headers['Cache-Control']).toContain('max-age=300')
  })

  it('tells hosts to send headers as they are, and nothing of its own', () => {
    const told = String(first.read('.gazette/nginx.conf'))
    expect(told).not.toContain('add_header Content-Type')
    for (const place of ['^~ /.gazette/', '= /_headers', '= /_redirects'])
      expect(told).toContain(`location ${place} { return 404; }\n`)
  })

  it('tells hosts of no more than it means, whatever a term is called', () => {
    const manifest = {
      ...{ finished: true, base: BASE, files: [] },
      moved: [{ path: '/tags/a%22b%5C/rss.xml', to: `${BASE}tags/us$/rss.xml` }],
      gone: ['/tags/%22;/'],
    }
    const { '.gazette/nginx.conf': nginx, '.gazette/Caddyfile': caddy } = hostFiles(manifest)
    expect(nginx).toContain(
      `location = "/tags/a\\"b\\\\/rss.xml" { return 301 "${BASE}tags/us%24/rss.xml"; }\n`,
    )
    expect(nginx).toContain('location = "/tags/\\";/" { return 410; }\n')
    expect(caddy).toContain(`redir "/tags/a%22b%5C/rss.xml" "${BASE}tags/us$/rss.xml" permanent\n`)
  })

  it('trusts no manifest of which a header is no text', () => {
    const manifest = plain.manifest()
    expect(readManifest(printManifest(manifest))).toEqual(manifest)
    const [one, ...others] = manifest.files
    const files = [{ ...one, headers: { 'Cache-Control': 1 } }, ...others]
    expect(readManifest(JSON.stringify({ ...manifest, files }))).toBeUndefined()
  })

  it('tells hosts that take only so many rules first of the feeds of everything', () => {
    const told = String(first.read('_headers')).split('\n')
    const paths = told.filter((line) => line.startsWith('/') && !line.endsWith('/*'))
    const ofAll = ['/', '/404.html', '/atom.xml', '/feed.json', '/feeds.opml', '/robots.txt']
    expect(paths.slice(0, 7).sort()).toEqual([...ofAll, '/rss.xml'])
  })

  it('leads from what used sections below a renamed or retired one were called', async () => {
    const site = SITE.replace(
      'fleet: {',
      'press: { renamedTo: news }\n    press/late: { label: Late }\n    ships: { renamedTo: fleet }\n    fleet: {',
    )
    const { content, out, manifest } = folders({ ...FILES, 'site.yaml': site })
    const few = ['--formats', 'rss', '--feeds-only', '--unpacked']
    // Nobody uses a section that is only called otherwise below a renamed one.
    expect((await exported(content, out, ...few)).error).not.toContain('404')
    const { moved, gone } = manifest()
    expect(moved).toContainEqual({
      path: `/categories/press/${encodeURIComponent('港口')}/rss.xml`,
      to: `${BASE}categories/news/${encodeURIComponent('港口')}/rss.xml`,
    })
    expect(gone).toContain('/categories/ships/tugs/rss.xml')
  })

  it('has a page for whatever is not there', async () => {
    expect(headingOf(String(first.read('404.html')))).toBe('There is nothing at this address')
  })

  it('lies in the folder that the base URL names', async () => {
    const { content, out, manifest } = folders()
    await exported(content, out, '--url', 'https://example.org/新闻/feeds', '--unpacked')
    expect(filesIn(out)).toContain('新闻/feeds/tags/quay/rss.xml')
    const { files } = manifest()
    expect(files.find(({ file }) => file.endsWith('tags/c++/rss.xml'))?.path).toBe(
      '/%E6%96%B0%E9%97%BB/feeds/tags/c++/rss.xml',
    )
  })

  it('has at the root of the host what is the host’s own', async () => {
    const { content, out, read, manifest } = folders()
    await exported(content, out, '--url', 'https://example.org/feeds/', '--unpacked')
    const own = manifest().files.filter(({ file }) => !file.startsWith('feeds/'))
    expect(own.map(({ file, path: served }) => [file, served])).toEqual([
      ['404.html', '/404.html'],
      ['robots.txt', '/robots.txt'],
    ])
    const told = String(read('_headers')).split('\n')
    expect(told).toContain('/robots.txt')
    expect(told).not.toContain('/feeds/robots.txt')
  })

  it('is the same bytes each time and everywhere', async () => {
    const other = folders()
    await exported(other.content, other.out)
    expect(filesIn(first.out)).toEqual(filesIn(other.out))
    for (const file of filesIn(first.out))
      expect(first.read(file).equals(other.read(file)), file).toBe(true)
  })
})

describe('the next export', () => {
  it('touches nothing where nothing changed', async () => {
    const { content, out } = copied(first)
    const times = () =>
      withoutPacked(filesIn(out))
        .filter((file) => !file.endsWith('manifest.json'))
        .map((file) => [file, statSync(path.join(out, file)).mtimeMs])
    const before = times()
    expect(await report(content, out)).toMatchObject({ written: [], removed: [] })
    expect(times()).toEqual(before)
  })

  it('writes what a change touches, and no more', async () => {
    const { content, out, read } = copied(first)
    writeFileSync(
      path.join(content, 'race.md'),
      article(
        'Race',
        'published: 2026-03-11T18:00:00Z\ntags: [sport]\nsections: [Fleet/Tugs]',
        'It was close.',
      ),
    )
    const { written, removed } = await report(content, out)
    expect(removed).toEqual([])
    expect(written).toEqual(
      [...['', 'feeds/sport/', 'tags/sport/'].flatMap(feed), 'articles/race.html'].sort(),
    )
    expect(String(gunzipSync(read('tags/sport/rss.xml.gz')))).toContain('It was close.')
  })

  it('writes the pages that count what is on no first page, and those that name a section otherwise', async () => {
    const few = ['--formats', 'rss', '--unpacked']
    const more = Array.from({ length: 31 }, (_, at) => [
      `more/${at}.md`,
      article(
        `more-${at}`,
        `published: 2026-02-01T00:${10 + at}:00Z\ntags: [tides]\nurl: ${BASE}${at}`,
      ),
    ])
    const { content, out } = folders({ ...FILES, ...Object.fromEntries(more) })
    await exported(content, out, ...few)
    rmSync(path.join(content, 'more/0.md'))
    const { written: fewer } = await report(content, out, ...few)
    expect(fewer).toContain('tags/tides/index.html')
    expect(fewer).not.toContain('articles/crane.html')
    const named = article('Named', 'published: 2026-03-13T08:30:00Z\nsections: [NEWS]')
    writeFileSync(path.join(content, 'named.md'), named)
    expect((await report(content, out, ...few)).written).toContain('articles/crane.html')
  })

  it('packs what was not, and takes the packed files out again', async () => {
    const { content, out } = copied(plain)
    const before = filesIn(out)
    await exported(content, out)
    expect(filesIn(out)).toEqual(filesIn(first.out))
    await exported(content, out, '--unpacked')
    expect(filesIn(out)).toEqual(before)
  })

  it('takes out what is no more, with its folders, and nothing that others put there', async () => {
    const { content, out } = copied(plain)
    writeFileSync(path.join(out, 'tags/c++/notes.txt'), 'mine')
    writeFileSync(path.join(out, 'CNAME'), 'harbour.example')
    writeFileSync(path.join(out, 'what.gazette-new-is.txt'), 'mine')
    for (const file of ['crane.md', 'lanterns.md']) rmSync(path.join(content, file))
    const { removed } = await report(content, out, '--unpacked')
    expect(removed).toContain('tags/c++/rss.xml')
    expect(removed).toContain('media/crane.svg')
    const left = filesIn(out)
    expect(left.filter((file) => file.startsWith('tags/c++/'))).toEqual(['tags/c++/notes.txt'])
    expect(left).toEqual(expect.arrayContaining(['CNAME', 'what.gazette-new-is.txt']))
    // What site.yaml renames leads to a feed, though it is empty by now.
    expect(readdirSync(path.join(out, 'tags'))).toEqual(['c++', 'quay', 'sport'])
    expect(readdirSync(out)).not.toContain('media')
  })

  it('leaves alone what others put where a file of its own should lie, and says so', async () => {
    const { content, out, read, manifest } = folders()
    const few = ['--formats', 'rss', '--feeds-only', '--unpacked']
    await exported(content, out, ...few)
    const theirs = ['index.html', 'media/crane.svg.gz', 'robots.txt', 'rss.xml.br']
    for (const file of theirs) writeFileSync(path.join(out, file), 'mine')
    const { code, error } = await exported(content, out, '--formats', 'rss')
    expect(code).toBe(1)
    for (const file of ['index.html', 'robots.txt', 'rss.xml.br'])
      expect(error).toContain(`${file} is there already, and no export made it`)
    const names = manifest().files.map(({ file }) => file)
    expect(names).not.toContain('robots.txt')
    // What could not be packed stays as it was.
    expect(names).toContain('rss.xml')
    expect(filesIn(out)).toContain('rss.xml')
    await exported(content, out, ...few)
    for (const file of theirs) expect(String(read(file)), file).toBe('mine')
  })

  it('leaves alone the packed files that others put beside its own', async () => {
    const { content, out, read } = copied(plain)
    writeFileSync(path.join(out, 'rss.xml.gz'), 'packed by a deploy')
    rmSync(path.join(content, 'race.md'))
    expect((await report(content, out, '--unpacked')).written).toContain('rss.xml')
    expect(String(read('rss.xml.gz'))).toBe('packed by a deploy')
  })

  it('copies what changed, also where it has the length that it had', async () => {
    const { content, out, read, manifest } = copied(plain)
    const changed = FILES['crane.svg'].replace('40', '60')
    writeFileSync(path.join(content, 'crane.svg'), changed)
    utimesSync(path.join(content, 'crane.svg'), 1, 1)
    expect((await report(content, out, '--unpacked')).written).toContain('media/crane.svg')
    expect(String(read('media/crane.svg'))).toBe(changed)
    const copy = manifest().files.find(({ file }) => file === 'media/crane.svg')
    expect(copy?.sha256).toBe(createHash('sha256').update(changed).digest('hex'))
    expect((await report(content, out, '--unpacked')).written).toEqual([])
  })

  it('puts back what somebody took away', async () => {
    const { content, out, manifest } = copied(first)
    const before = manifest()
    for (const file of ['rss.xml', 'tags/quay/atom.xml.br']) rmSync(path.join(out, file))
    expect((await report(content, out)).written).toEqual(['rss.xml', 'tags/quay/atom.xml'])
    expect(filesIn(out)).toContain('tags/quay/atom.xml.br')
    expect(manifest()).toEqual(before)
  })

  it('makes nothing anew that would be the same, told by what it is made from', async () => {
    const { content, out, read, manifest } = copied(plain)
    // Of the same length: only who makes the document anew can see it.
    const forged = String(read('tags/quay/rss.xml')).replace('Lanterns', 'Lantern5')
    writeFileSync(path.join(out, 'tags/quay/rss.xml'), forged)
    expect((await report(content, out, '--unpacked')).written).toEqual([])
    expect(String(read('tags/quay/rss.xml'))).toBe(forged)
    const known = manifest()
    expect(known.files.filter(({ from }) => from === undefined).map(({ file }) => file)).toEqual([
      ...['404.html', 'assets/page.js', 'assets/style.css', 'feeds.opml', 'index.html'],
      ...['media/crane.svg', 'robots.txt'],
    ])
  })

  it.each<[string, (known: Manifest) => Manifest]>([
    ['another program', (known) => ({ ...known, program: 'another' })],
    ['one that does not tell which program it was', ({ program: _, ...known }) => known],
    [
      'other origins',
      (known) => ({ ...known, files: known.files.map((one) => ({ ...one, from: 'another' })) }),
    ],
  ])('makes everything anew after %s, and writes what differs', async (_, change) => {
    const { content, out, manifest } = copied(plain)
    const known = manifest()
    const other = change(known)
    const files = other.files.map((one) =>
      one.file === 'tags/quay/rss.xml' ? { ...one, sha256: 'another' } : one,
    )
    writeFileSync(path.join(out, '.gazette/manifest.json'), JSON.stringify({ ...other, files }))
    expect((await report(content, out, '--unpacked')).written).toEqual(['tags/quay/rss.xml'])
    expect(manifest()).toEqual(known)
  })

  it('makes anew what does not have the size that it had', async () => {
    const { content, out, read } = copied(plain)
    const whole = read('tags/quay/rss.xml')
    writeFileSync(path.join(out, 'tags/quay/rss.xml'), whole.subarray(0, 100))
    const { written } = await report(content, out, '--unpacked')
    expect(written).toEqual(['tags/quay/rss.xml'])
    expect(read('tags/quay/rss.xml').equals(whole)).toBe(true)
  })

  it('trusts nothing that one left which was broken off', async () => {
    const { content, out, read, manifest } = copied(plain)
    const known = manifest()
    writeFileSync(path.join(out, 'rss.xml'), 'half a docu')
    writeFileSync(path.join(out, '.gazette-new-3'), 'half')
    mkdirSync(path.join(out, 'tags/former'), { recursive: true })
    writeFileSync(path.join(out, 'tags/former/rss.xml'), 'of a tag that is no more')
    const former = { ...known.files[0], file: 'tags/former/rss.xml' }
    const torn = { ...known, finished: false, files: [...known.files, former] }
    writeFileSync(path.join(out, '.gazette/manifest.json'), JSON.stringify(torn))
    const { written, removed } = await report(content, out, '--unpacked')
    expect(removed).toEqual(['tags/former/rss.xml'])
    expect(written).toContain('rss.xml')
    expect(String(read('rss.xml'))).toMatch(/^<\?xml/)
    expect(readdirSync(out)).not.toContain('.gazette-new-3')
    expect(manifest()).toEqual(known)
  })

  it.each([[], ['--json']])(
    'leaves a wrong record out, and ends as a failure (%j)',
    async (...args) => {
      const { content, out } = copied(plain)
      writeFileSync(path.join(content, 'bad.md'), '---\ntitle: Bad\npublished: soon\n---\n')
      const { code, error } = await exported(content, out, '--unpacked', ...args)
      expect([code, error]).toEqual([1, expect.stringContaining('bad.md:3:')])
      expect(filesIn(out)).toContain('tags/quay/rss.xml')
    },
  )

  it('keeps what lies there of what can not be written, and says so', async () => {
    const { content, out } = copied(plain)
    rmSync(path.join(out, 'tags/c++'), { recursive: true })
    writeFileSync(path.join(out, 'tags/c++'), 'a file where a folder should be')
    const { code, error } = await exported(content, out, '--unpacked')
    expect(code).toBe(1)
    expect(error).toContain('tags/c++/rss.xml: EEXIST')
    expect(filesIn(out)).toContain('tags/quay/rss.xml')
  })
})

describe('an export that is not to hold everything', () => {
  const formatsIn = (files: readonly string[]) =>
    new Set(
      files
        .filter((file) => /(rss|atom)\.xml$|feed\.json$/.test(file))
        .map((file) => path.basename(file)),
    )

  it('holds feeds in some formats, whose documents and pages know no others', async () => {
    const { content, out, read } = folders()
    await exported(content, out, '--formats', 'json,rss', '--unpacked')
    const files = filesIn(out)
    expect(formatsIn(files)).toEqual(new Set(['rss.xml', 'feed.json']))
    for (const file of files) expect(String(read(file)), file).not.toContain('atom.xml')
    expect(String(read('tags/quay/rss.xml'))).toContain('tags/quay/feed.json')
  })

  it('leaves out the named feeds that are written in none of them', async () => {
    const site = SITE.replace('filter: { tag: sport }', 'filter: { tag: sport }, formats: [json]')
    const { content, out, read } = folders({ ...FILES, 'site.yaml': site })
    await exported(content, out, '--formats', 'rss,atom', '--unpacked')
    expect(filesIn(out).filter((file) => file.startsWith('feeds/'))).toEqual([])
    for (const file of ['feeds.opml', 'index.html'])
      expect(String(read(file)), file).not.toContain('feeds/sport')
  })

  it('holds feeds alone, which lead to no page of ours, and says whose articles then have none', async () => {
    const { content, out, read, manifest } = folders({
      ...FILES,
      'race.md': FILES['race.md'].replace('id:', 'url: https://harbour.example/race\nid:'),
    })
    const { code, error } = await exported(content, out, '--feeds-only', '--unpacked')
    expect(code).toBe(0)
    expect(error).toContain('2 articles would have a page of Gazette’s')
    const files = filesIn(out)
    expect(files.filter((file) => /html$|^assets|robots/.test(file))).toEqual([])
    expect(files).toContain('media/crane.svg')
    const channel = only(parseStrictly(String(read('tags/sport/rss.xml'))), 'channel')
    expect(only(channel, 'link').text).toBe(BASE)
    expect(String(read('feeds.opml'))).not.toContain('htmlUrl="https://harbour.example/tags')
    for (const { file, headers } of manifest().files)
      if (file.startsWith('tags/')) expect(headers.Link ?? '', file).not.toContain('text/html')
    for (const file of ['.gazette/nginx.conf', '.gazette/Caddyfile'])
      expect(String(read(file)), file).not.toContain('404.html')
  })

  it('holds nothing packed', () => {
    const files = filesIn(plain.out)
    expect(withoutPacked(files)).toEqual(files)
    expect(files).toContain('rss.xml')
  })

  it('takes out what an earlier one held, and puts it back', async () => {
    const { content, out } = copied(first)
    const before = filesIn(out)
    const wishes = ['--formats', 'rss', '--feeds-only', '--unpacked']
    const { removed, written } = await report(content, out, ...wishes)
    expect(removed).toContain('tags/quay/atom.xml')
    expect(removed).toContain('articles/crane.html')
    expect(written).toContain('tags/quay/rss.xml')
    const fewer = filesIn(out)
    expect(withoutPacked(fewer)).toEqual(fewer)
    expect(formatsIn(fewer)).toEqual(new Set(['rss.xml']))
    await exported(content, out)
    expect(filesIn(out)).toEqual(before)
  })

  it.each(['', 'rss,html', 'rss, atom'])('refuses the formats "%s"', async (list) => {
    const { content, out } = folders()
    const { code, error } = await exported(content, out, '--formats', list)
    expect([code, error]).toEqual([2, expect.stringContaining('--formats should be some of')])
  })
})

describe('what is refused, with nothing written', () => {
  it.each<[string, (content: string, out: string) => string[], RegExp]>([
    ['no folder', (content) => ['--content', content], /with --out/],
    [
      'the content folder',
      (content) => ['--content', content, '-o', content],
      /beside the content/,
    ],
    ['one within', (content) => ['--content', content, '-o', `${content}/o`], /beside the content/],
    ['one around', (content) => ['--content', content, '-o', path.dirname(content)], /beside/],
    [
      'a link into the content folder',
      (content, out) => {
        symlinkSync(content, path.join(out, 'link'))
        return ['--content', content, '-o', path.join(out, 'link', 'made', 'here')]
      },
      /beside the content/,
    ],
    [
      'one within, where it is read by a link',
      (content, out) => {
        symlinkSync(content, path.join(out, 'link'))
        return ['--content', path.join(out, 'link'), '-o', path.join(content, 'made')]
      },
      /beside the content/,
    ],
    [
      'a folder of others',
      (content, out) => ['--content', content, '-o', out],
      /no export made them/,
    ],
  ])('%s', async (_, args, sentence) => {
    const { content, out } = folders()
    mkdirSync(out)
    writeFileSync(path.join(out, 'index.html'), 'somebody’s own')
    const { code, out: printed, error } = await gazette('export', ...args(content, out))
    expect([code, printed + error]).toEqual([2, expect.stringMatching(sentence)])
    expect(readdirSync(out).filter((name) => name !== 'link')).toEqual(['index.html'])
    expect(filesIn(content)).toEqual(Object.keys(FILES).sort())
  })

  it('feeds that would not know where they are', async () => {
    const { content, out } = folders({ 'site.yaml': 'title: T\n', 'a.md': FILES['race.md'] })
    const { code, error } = await exported(content, out)
    expect([code, error]).toEqual([2, expect.stringContaining('Say --url')])
  })
})
