// Last good versions of records that are wrong now, kept in the state folder, so that a restart serves them too.
import { rm } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Article } from '../../domain/article.ts'
import { type FileReading, type MadeArticle, NOTHING_ASKED } from '../articles/making.ts'
import type { Content } from '../folder/folder.ts'
import type { FolderMemory } from '../folder/memory.ts'
import { succeed } from '../folder/succession.ts'
import type { Site } from '../site/site.ts'
import { blocksOf, openKept, readBlocks, writeKept } from './kept-blocks.ts'
import { fileOfLaid } from './laid-article.ts'
import { readingsIn } from './reading-blocks.ts'

/**
 * What is to be published after a first reading: for records that are wrong, what an earlier process served. What another
 * program or other settings kept, or is cut or damaged, is ignored.
 * @param root the content folder.
 * @param memory of that reading.
 */
export async function recallLastGood(
  file: string,
  root: string,
  content: Content,
  memory: FolderMemory,
): Promise<Content> {
  const { kept, lying, site, habits } = memory
  if (kept?.key === undefined || !lying || !site || !habits) return content
  const opened = openKept(file, kept.key)
  if (opened === undefined) return content
  const made: (readonly MadeArticle[])[] = []
  const readBlock = readingsIn(
    {
      site: site.site,
      work: { root, habits },
      spool: lying.newSpool(opened),
      stamps: new Map(),
    },
    (_, reading) => made.push(reading.made?.articles ?? []),
  )
  try {
    await readBlocks(opened, readBlock)
  } catch {
    return content
  }
  return succeed({ ...content, articles: made.flat().map(([article]) => article) }, content)
}

/**
 * Makes a function that writes down the last good versions that are served, unless they are written already. Where there
 * are none, it removes the file. It rejects with the system's error; the next call tries again.
 */
export function lastGoodKeeper(
  file: string,
  memory: FolderMemory,
): (content: Content) => Promise<void> {
  let written: readonly [key: string | undefined, lastGood: readonly Article[]] | undefined
  return async ({ lastGood = [] }) => {
    const { kept, site } = memory
    // Under another key, as after an edit of `site.yaml`, the next process would take nothing.
    const standing = [kept?.key, lastGood] as const
    if (isDeepStrictEqual(standing, written)) return
    if (lastGood.length === 0) await rm(file, { force: true })
    else if (kept?.key !== undefined && site !== undefined)
      await writeKept(file, kept.key, blocksOf(readingsOf(lastGood, site.site), site.site))
    written = standing
  }
}

function readingsOf(articles: readonly Article[], site: Site): (readonly [string, FileReading])[] {
  return articles.flatMap((article): (readonly [string, FileReading])[] => {
    const file = fileOfLaid(article)
    return file === undefined ? [] : [[file, readingOf(article, site)]]
  })
}

/** Of a file that holds something else by now. */
const NO_STAMP = ''

/** As if the article were all that there is in its file. */
function readingOf(article: Article, site: Site): FileReading {
  const articles: MadeArticle[] = [[article, undefined]]
  const made = { site, asked: NOTHING_ASKED, articles, problems: [], wrong: [] }
  return { stamp: NO_STAMP, count: 1, problems: [], link: undefined, made }
}
