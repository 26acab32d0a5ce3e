// feedparser (Python, expat): Debian's package, through a small script.
import { join } from 'node:path'
import { type ReadEntry, type Reader, runPython } from './reader.ts'

export const feedparser: Reader = {
  name: 'feedparser',
  reads: ['rss', 'atom'],
  cannot: 'feedparser 6.0.10 reads XML only; JSON Feed is in its development branch',
  losses: [],
  read: (url) => runPython<ReadEntry[]>(join(import.meta.dirname, 'feedparser-entries.py'), url),
}
