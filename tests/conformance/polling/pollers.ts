// Readers from Debian as pollers: feedparser, newsboat, sfeed and rss2email; Liferea has a file of its own.
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run, runPython } from '../readers/reader.ts'
import { liferea } from './liferea.ts'
import { type Held, nothing, type Poller } from './poller.ts'

const script = (name: string) => join(import.meta.dirname, name)
const PYTHON = '/usr/bin/python3'

/** An aggregator over the library, under the name that it gives itself. */
function feedparser(name: string, agent: string, neverDelta?: string): Poller {
  return {
    name,
    ...(neverDelta === undefined ? {} : { neverDelta }),
    isConditional: true,
    followsMoves: true,
    showsEdits: true,
    async subscribe(home, url) {
      const kept = join(home, 'kept.json')
      return {
        poll: async () => {
          await run(PYTHON, [script('aggregator.py'), kept, url, agent])
        },
        holds: async () => Object.values(JSON.parse(await readFile(kept, 'utf8')).entries),
        end: nothing,
      }
    },
  }
}

const newsboat: Poller = {
  name: 'newsboat',
  isConditional: true,
  followsMoves: true,
  showsEdits: true,
  async subscribe(home, url) {
    const [urls, config, cache] = ['urls', 'config', 'cache.db'].map((name) =>
      join(home, name),
    ) as [string, string, string]
    await writeFile(urls, `"${url}"\n`)
    await writeFile(config, 'max-items 0\n')
    return {
      poll: async () => {
        await run('newsboat', ['-x', 'reload', '-u', urls, '-C', config, '-c', cache], {
          HOME: home,
        })
      },
      holds: () =>
        runPython<Held[]>(
          script('rows.py'),
          cache,
          'SELECT title, content AS text FROM rss_item WHERE deleted = 0',
        ),
      end: nothing,
    }
  },
}

/** @param fetch how `sfeed_update` gets a document, where not as it does by itself. */
function sfeed(name: string, fetch: string, isOwn: boolean): Poller {
  return {
    name,
    isConditional: isOwn,
    followsMoves: isOwn,
    showsEdits: false,
    async subscribe(home, url) {
      const config = join(home, 'sfeedrc')
      await writeFile(
        config,
        `sfeedpath="${home}"\n${fetch}\nfeeds() {\n  feed "gazette" "${url}"\n}\n`,
      )
      return {
        poll: async () => {
          // It ends with 1 where a feed could not be had, and goes on with others.
          await run('sfeed_update', [config], { HOME: home }).catch(() => {})
        },
        async holds() {
          const lines = (await readFile(join(home, 'gazette'), 'utf8')).split('\n').filter(Boolean)
          return lines.map((line) => {
            const [, title = '', , text = ''] = line.split('\t')
            return { title, text }
          })
        },
        end: nothing,
      }
    },
  }
}

/** As the manual of sfeedrc has it for feeds that know tags. */
const WITH_TAGS = `fetch() {
  curl -L -f -s -m 15 --compressed --etag-save "$sfeedpath/etag.new" \\
    --etag-compare "$sfeedpath/etag" "$2" && mv "$sfeedpath/etag.new" "$sfeedpath/etag"
}`

const rss2email: Poller = {
  name: 'rss2email',
  neverDelta: 'it takes 226 for an error, keeps its old tag and never gets the entry',
  isConditional: true,
  followsMoves: true,
  showsEdits: false,
  async subscribe(home, url) {
    const [config, data, mailer, mails] = ['r2e.cfg', 'r2e.json', 'sendmail', 'mails'].map((name) =>
      join(home, name),
    ) as [string, string, string, string]
    await writeFile(mails, '')
    await writeFile(mailer, `#!/bin/sh\ncat >> "${mails}"\nprintf '\\n\\036\\n' >> "${mails}"\n`)
    await chmod(mailer, 0o755)
    await writeFile(
      config,
      `[DEFAULT]\nto = reader@reader.example\nfrom = feeds@reader.example\nemail-protocol = sendmail\nsendmail = ${mailer}\n`,
    )
    const r2e = (...words: string[]) =>
      run('r2e', ['-c', config, '-d', data, ...words], { HOME: home })
    await r2e('add', 'gazette', url)
    return {
      poll: async () => {
        await r2e('run')
      },
      async holds() {
        const sent = (await readFile(mails, 'utf8')).split('\u001E').filter((mail) => mail.trim())
        return sent.map((mail) => ({
          title: /^Subject: (.*)$/m.exec(mail)?.[1] ?? '',
          text: mail.slice(mail.indexOf('\n\n')),
        }))
      },
      end: nothing,
    }
  },
}

export const POLLERS: readonly Poller[] = [
  feedparser('feedparser', '', 'rss2email asks under the same name, and loses what a delta has'),
  feedparser('feedparser, named', 'Aggregator/1.0'),
  newsboat,
  sfeed('sfeed', '', false),
  sfeed('sfeed with tags', WITH_TAGS, true),
  rss2email,
  liferea,
]
