// The command line: what each command prints, and how it ends.
import { readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { COMMANDS, run } from '../../../src/commands/commands.ts'
import { readOptions } from '../../../src/commands/options.ts'
import { folderOf, readFiles } from '../support/folder.ts'
import { gazette } from '../support/gazette.ts'
import { serverOf } from '../support/server.ts'

const RIGHT = '---\ntitle: One\npublished: 2026-01-01\ntags: [a]\nsection: News/Local\n---\nText.\n'
const UNKNOWN = RIGHT.replace('tags:', 'foo:')
const WRONG = '---\ntitle: Two\npublished: 2026-02-30\n---\nText.\n'

const check = (files: Parameters<typeof folderOf>[0], ...args: string[]) =>
  gazette('check', ...args, '--content', folderOf(files))

describe('gazette stats', () => {
  it('says so where nobody was counted yet', async () => {
    const { code, out } = await gazette('stats', '--state', folderOf({}))
    expect(code).toBe(0)
    expect(out).toContain('Nobody was counted yet')
  })

  it('prints an object for machines all the same', async () => {
    const { out } = await gazette('stats', '--json', '--state', folderOf({}))
    const nothing = { at: null, subscribers: 0, readers: 0, feeds: [], offenders: [] }
    expect(JSON.parse(out)).toEqual(nothing)
  })

  it('ends with 1 where the file is torn', async () => {
    const state = folderOf({ 'readership.ndjson': '{"readership":1,"at"' })
    const { code, error } = await gazette('stats', '--state', state)
    expect(code).toBe(1)
    expect(error).toContain("readership.ndjson can't be read")
  })
})

describe('gazette check', () => {
  it('ends with 0 where all is right, having made every feed', async () => {
    const { code, out } = await check({
      'news/one.md': RIGHT,
      'site.yaml': 'title: T\nauthors: [Desk]\n',
    })
    expect(code).toBe(0)
    // Everything, one tag, two levels of sections, one author.
    expect(out).toMatch(/^Feeds {5}5, each in 3 formats$/m)
    expect(out).toMatch(/^Errors {4}none$/m)
  })

  it('makes named feeds, private ones by no address that opens them, and names terms that nobody used', async () => {
    const { code, out } = await check({
      'one.md': RIGHT,
      'site.yaml':
        'title: T\nfeeds: {x: {filter: {tag: [a, exprots]}}, y: {private: true, formats: [rss]}}\n',
    })
    expect(code).toBe(0)
    expect(out).toContain('site.yaml: warning: feeds.x.filter: names “exprots”')
    expect(out).toMatch(/^Feeds {5}6, each in 3 formats$/m)
  })

  it('ends with 1 and names file, line, column and field where a record is wrong', async () => {
    const { code, out } = await check({ 'one.md': RIGHT, 'two.md': WRONG })
    expect(code).toBe(1)
    expect(out).toMatch(
      /^two\.md:3:12: error: published: should be a date .* found "2026-02-30"\.$/m,
    )
    expect(out).toMatch(/^Articles {2}1 published; 1 record left out$/m)
  })

  it('prints the same for machines with --json', async () => {
    const { code, out } = await check({ 'two.md': WRONG }, '--json')
    expect(code).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      records: 1,
      errors: 1,
      problems: [{ file: 'two.md', line: 3, column: 12, field: 'published', severity: 'error' }],
    })
  })

  it('ends with 1 where site.yaml is wrong, since guessing would spoil every feed', async () => {
    const { code, out } = await check({
      'one.md': RIGHT,
      'site.yaml': 'title: T\ntimezone: Mars/Olympus\n',
    })
    expect(code).toBe(1)
    expect(out).toMatch(/^site\.yaml:2:11: error: timezone: should be a time zone/m)
  })
})

it('gazette serve ends with 1 where site.yaml is wrong', async () => {
  const folder = folderOf({ 'site.yaml': 'title: T\nlanguage: [en]\n' })
  const { code, error } = await gazette('serve', '--port', '0', '--content', folder)
  expect(code).toBe(1)
  expect(error).toMatch(/^site\.yaml:2:11: error: language: should be text/)
})

it('gazette serve says in one line that it is ready, and at which address, as the environment has it', async () => {
  const printed: string[] = []
  let status: number | undefined
  const print = async (line: string) => {
    printed.push(line)
    const answer = await fetch(`${line.split(' at ')[1]}rss.xml`).catch(() => undefined)
    status = answer?.status
    process.emit('SIGTERM')
  }
  const content = folderOf({ 'one.md': RIGHT, 'site.yaml': 'title: T\n' })
  const environment = { GAZETTE_CONTENT: content, PORT: '0', HOST: 'localhost' }
  const code = await run(['serve', '--state', folderOf({})], environment, {
    print,
    error: () => {},
  })
  const line = /^Gazette serves “T”, 1 article, at http:\/\/localhost:\d+\/$/
  expect([code, status, printed]).toEqual([0, 200, [expect.stringMatching(line)]])
})

it('the command line goes before the environment', async () => {
  const args = ['check', '--content', folderOf({ 'one.md': RIGHT })]
  const silent = { print: () => {}, error: () => {} }
  expect(await run(args, { GAZETTE_CONTENT: '/no/such/folder' }, silent)).toBe(0)
})

it('gazette serve names each error and only counts the warnings, which would bury them', async () => {
  const error: string[] = []
  const code = await run(
    [
      ...['serve', '--port', '0', '--state', folderOf({})],
      ...['--content', folderOf({ 'one.md': UNKNOWN, 'two.md': WRONG })],
    ],
    {},
    {
      print: () => setImmediate(() => process.emit('SIGTERM')),
      error: (line) => error.push(line),
    },
  )
  expect(code).toBe(0)
  expect(error).toEqual([
    expect.stringMatching(/^two\.md:3:12: error: published: /),
    '1 warning; gazette check tells of what.',
  ])
})

it('gazette serve counts nothing as left out that it serves of a file which nobody can read any more', async () => {
  const two = JSON.stringify([1, 2].map((id) => ({ id, title: 'T', published: '2026-01-01' })))
  const site = 'title: T\nurl: https://t.example/\n'
  const [folder, state] = [folderOf({ 'site.yaml': site, 'two.json': two }), folderOf({})]
  const serve = async (meanwhile: () => unknown) => {
    let printed = ''
    const print = async (line: string) => {
      printed = line
      await meanwhile()
      process.emit('SIGTERM')
    }
    const args = ['serve', '--port', '0', '--content', folder, '--state', state]
    await run(args, {}, { print, error: () => {} })
    return printed
  }
  await serve(() => {
    writeFileSync(path.join(folder, 'two.json'), '[')
    return vi.waitFor(() => expect(readdirSync(state)).toContain('last-good'), 20_000)
  })
  expect(await serve(() => {})).toContain(', 2 articles, at ')
})

it('an empty variable of the environment says nothing', () => {
  const options = [{ name: 'state', value: 'DIR', default: 'here', environment: 'STATE', help: '' }]
  expect(readOptions(options, [], { STATE: '' }).values.state).toBe('here')
  expect(readOptions(options, [], { STATE: 'there' }).values.state).toBe('there')
})

describe('gazette token', () => {
  const site = (feeds: string) => `title: T\nurl: https://news.example/\nfeeds: ${feeds}\n`

  it('makes an address that opens the feed once its line stands in site.yaml', async () => {
    const folder = folderOf({
      'one.md': RIGHT,
      'site.yaml': site('{partners: {private: true, formats: [atom]}}'),
    })
    const args = ['Partners', '--for', 'a', '--content', folder]
    const { code, out, error } = await gazette('token', ...args)
    expect([code, error]).toEqual([0, ''])
    const [address = '', ...more] = out.match(/https:\S+/g) ?? []
    expect(address).toMatch(/^https:\/\/news\.example\/feeds\/partners\/[\w-]{43}\/atom\.xml$/)
    expect(more).toEqual([])
    const [, lines = ''] = out.split('For site.yaml:\n')
    const yaml = `title: T\nurl: https://news.example/\n${lines}`
    const { publication, articles, problems } = await readFiles({
      'one.md': RIGHT,
      'site.yaml': yaml,
    })
    expect(problems).toEqual([])
    const { get } = serverOf(articles, { site: publication ?? expect.fail() })
    expect((await get(new URL(address).pathname)).status).toBe(200)
    expect(lines).toContain('name: "a"')
    expect(lines).not.toContain(address.split('/')[5])
  })

  it('makes another each time, and prints it for machines with --json', async () => {
    const folder = folderOf({ 'site.yaml': site('{partners: {private: true}}') })
    const made = async () =>
      JSON.parse((await gazette('token', 'partners', '--json', '--content', folder)).out)
    const [one, two] = [await made(), await made()]
    expect(one.addresses).toHaveLength(3)
    expect(one.token.hash).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(one.token.name).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect(two.token.hash).not.toBe(one.token.hash)
  })

  it('says where a feed is public still', async () => {
    const folder = folderOf({ 'site.yaml': site('{partners: {}}') })
    expect((await gazette('token', 'partners', '--content', folder)).error).toMatch(/public until/)
  })

  it('ends with 1 where site.yaml is wrong', async () => {
    const folder = folderOf({ 'site.yaml': 'title: T\nlanguage: [en]\n' })
    const { code, out, error } = await gazette('token', 'partners', '--content', folder)
    expect([code, out]).toEqual([1, ''])
    expect(error).toMatch(/^site\.yaml:2:11: error/)
  })
})

it.each([
  ['serve', '.'],
  ['serve', 'state'],
  ['export', 'state'],
  ['ping', 'state'],
  ['stats', 'state'],
])('gazette %s keeps nothing in the content folder: --state %s', async (command, name) => {
  const content = folderOf({ 'one.md': RIGHT })
  const more = {
    serve: ['--port', '0'],
    export: ['--url', 'https://x.example/', '--out', folderOf({})],
  }[command]
  const state = path.join(content, name)
  const args = ['--content', content, '--state', state, ...(more ?? [])]
  const { code, error } = await gazette(command, ...args)
  expect(code).toBe(2)
  expect(error).toContain('--state should lie outside the content folder')
  expect(readdirSync(content)).toEqual(['one.md'])
})

describe('a wrong command line ends with 2', () => {
  it.each([
    ['no command', [], 'gazette serve'],
    ['an unknown command', ['publish'], 'There is no command "publish"'],
    [
      'an unknown option',
      ['check', '--contents', 'x'],
      "Unknown option '--contents'; --help tells those that there are.",
    ],
    [
      'an unknown option beside what to work on',
      ['import', 'a.xml', '--into', 'x'],
      "Unknown option '--into'; --help tells those that there are.",
    ],
    ['help with an unknown command', ['help', 'publish'], 'There is no command "publish"'],
    ['an option without its value', ['check', '--content'], '--content'],
    ['a word too many', ['check', 'content'], "'content'"],
    ['a folder without its option', ['serve', './posts'], '--content names the folder'],
    [
      'an empty folder for what is written',
      ['import', 'a.xml', '--out', ''],
      '--out should not be',
    ],
    ['an empty folder', ['serve', '--port', '0', '--content', ''], '--content should not be empty'],
    ['an empty host', ['serve', '--port', '0', '--host='], '--host should not be empty'],
    ['an empty state folder', ['stats', '--state', ''], '--state should not be empty'],
    ['a token for no feed', ['token'], 'Name at least one FEED'],
    ['a token for two feeds', ['token', 'a', 'b'], 'Name one feed'],
    ['a token for what is no name', ['token', '..'], 'Name one feed'],
    ['a port that is none', ['serve', '--port', 'http'], '--port should be a number'],
    ['a port beyond the last', ['serve', '--port', '65536'], 'a number from 0 to 65535; found'],
    ['no worker', ['serve', '--workers', '0'], '--workers should be a number from 1 to 64'],
    ['too many workers', ['serve', '--workers', '65'], '--workers should be a number from 1 to 64'],
    ['a budget for nothing', ['serve', '--budget', '1'], '--budget should be a number from 2 to'],
    [
      'an unknown zone',
      ['check', '--timezone', 'Mars/X'],
      '--timezone should be a time zone of the IANA list, such as Asia/Shanghai; found "Mars/X".',
    ],
    [
      'an address that is none',
      ['export', '--out', 'x', '--url', 'foo'],
      '--url should be a whole',
    ],
    ['a language that is none', ['token', 'x', '--language', 'not a lang'], '--language should be'],
    ['an empty title', ['serve', '--port', '0', '--title', ''], '--title should not be empty'],
    ['an unknown generator', ['check', '--generator', 'wordpress'], '--generator should be'],
  ])('%s', async (_, args, said) => {
    const { code, out, error } = await gazette(...args)
    expect(code).toBe(2)
    expect(out + error).toContain(said)
    expect(out + error).not.toContain('site.yaml:')
  })

  it.each(['check', 'serve', 'export', 'stats', 'ping'])(
    'a file as content of %s',
    async (command) => {
      const file = path.join(folderOf({ 'a.md': RIGHT }), 'a.md')
      expect(await gazette(command, '--content', file)).toEqual({
        code: 2,
        out: '',
        error: `gazette: --content should be a folder, and ${file} is none.`,
      })
    },
  )
})

it.each([
  ['check', '--content', '/no/such/folder'],
  ['serve', '--port', '0', '--content', '/no/such/folder'],
  ['stats', '--content', '/no/such/folder'],
  ['ping', '--content', '/no/such/folder'],
])('a folder that is not there is named, and %s ends', async (...args) => {
  expect(await gazette(...args)).toMatchObject({
    code: 1,
    error: 'gazette: There is no folder /no/such/folder.',
  })
})

it.each([
  ['import', 'feed.xml', '--out'],
  ['export', '--url', 'https://x.example/', '--out'],
])('a file where %s is to write ends with 1 and is named', async (...args) => {
  const folder = folderOf({ 'one.md': RIGHT })
  const file = path.join(folderOf({ 'a.txt': '' }), 'a.txt')
  const content = args[0] === 'export' ? ['--content', folder] : []
  expect(await gazette(...args, file, ...content)).toEqual({
    code: 1,
    out: '',
    error: `gazette: ${file} is no folder.`,
  })
})

it('a folder that was taken away while a shell stands in it ends with 1 and one sentence', async () => {
  const gone = Object.assign(new Error('no such file'), { code: 'ENOENT', syscall: 'uv_cwd' })
  const cwd = vi.spyOn(process, 'cwd').mockImplementation(() => {
    throw gone
  })
  const ended = await gazette('check').finally(() => cwd.mockRestore())
  expect(ended).toEqual({
    code: 1,
    out: '',
    error: 'gazette: The folder that this was started in is no more.',
  })
})

it.each(['--help', '-h', 'help'])('%s ends with 0, and names every command', async (asked) => {
  const { code, out } = await gazette(asked)
  expect(code).toBe(0)
  for (const name of Object.keys(COMMANDS)) expect(out).toContain(`gazette ${name}`)
})

it.each(Object.entries(COMMANDS))(
  '%s tells its options with help, --help and -h',
  async (name, it) => {
    const { code, out } = await gazette(name, '--help')
    expect(code).toBe(0)
    for (const option of it.options) expect(out).toContain(`--${option.name}`)
    expect(await gazette(name, '-h')).toEqual({ code, out, error: '' })
    expect(await gazette('help', name)).toEqual({ code, out, error: '' })
  },
)
