// Liferea (GTK), on a screen that nobody sees: told over D-Bus to refresh, and read from its database.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { runPython } from '../readers/reader.ts'
import type { Held, Poller } from './poller.ts'

/** Runs until its input ends; each line of it is a refresh, after which it says so. */
const SESSION = `
liferea --disable-plugins --mainwindow-state=hidden > "$HOME/log" 2>&1 &
call() {
  gdbus call --session --dest org.gnome.feed.Reader --object-path /org/gnome/feed/Reader \\
    --method "org.gnome.feed.Reader.$1" > /dev/null 2>&1
}
until call GetUnreadItems; do sleep 0.2; done
echo ready
while read -r _; do call Refresh; echo refreshed; done
kill %1
wait
`

/** Neither updates by itself nor asks for a keyring, sound or a graphics card. */
const SETTINGS = `[net/sf/liferea]
startup-feed-action=1
default-update-interval=0
`

const ENVIRONMENT = {
  GSETTINGS_BACKEND: 'keyfile',
  LIBGL_ALWAYS_SOFTWARE: '1',
  WEBKIT_DISABLE_COMPOSITING_MODE: '1',
  NO_AT_BRIDGE: '1',
  // Without a route to anywhere it would think itself offline.
  GIO_USE_NETWORK_MONITOR: 'base',
  no_proxy: '127.0.0.1',
}

export const liferea: Poller = {
  name: 'Liferea',
  isConditional: true,
  followsMoves: true,
  // It keeps an entry as it first came, whatever its date says.
  showsEdits: false,
  async subscribe(home, url) {
    await mkdir(join(home, '.config/glib-2.0/settings'), { recursive: true })
    await mkdir(join(home, '.config/liferea'), { recursive: true })
    await writeFile(join(home, '.config/glib-2.0/settings/keyfile'), SETTINGS)
    await writeFile(
      join(home, '.config/liferea/feedlist.opml'),
      `<opml version="1.0"><head><title>Feeds</title></head><body><outline title="Gazette" text="Gazette" type="rss" xmlUrl="${url}" id="gazette" updateInterval="-1"/></body></opml>`,
    )
    const session = spawn('dbus-run-session', ['--', 'xvfb-run', '-a', 'bash', '-c', SESSION], {
      env: {
        ...process.env,
        HOME: home,
        XDG_CONFIG_HOME: join(home, '.config'),
        XDG_DATA_HOME: join(home, '.local/share'),
        XDG_CACHE_HOME: join(home, '.cache'),
        ...ENVIRONMENT,
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    const lines = createInterface(session.stdout)
    await once(lines, 'line')
    return {
      async poll() {
        session.stdin.write('refresh\n')
        await once(lines, 'line')
        // It says so when it begins, and writes to its database a moment after it ended.
        await new Promise((resolve) => setTimeout(resolve, 2_500))
      },
      holds: () =>
        runPython<Held[]>(
          join(import.meta.dirname, 'rows.py'),
          join(home, '.local/share/liferea/liferea.db'),
          'SELECT title, description AS text FROM items WHERE comment = 0',
        ),
      async end() {
        const exited = once(session, 'exit')
        session.stdin.end()
        await exited
      },
    }
  },
}
