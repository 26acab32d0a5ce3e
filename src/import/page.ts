// A saved page as one record: what it tells machines, then what it shows, and its article without all around it.
import type { Element, Root } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { parsePage, UnfitBody } from '../content/bodies/tree.ts'
import { UnreadableSource } from '../content/syntax/source.ts'
import { readDate } from './dates.ts'
import { type Facts, type Found, given, once, type Reading, type Tally } from './imported.ts'
import { address, type PictureFact } from './media.ts'
import { headingOf, readMetadata } from './page-metadata.ts'
import {
  all,
  articleIn,
  attribute,
  blocksIn,
  isAside,
  linksIn,
  namesOf,
  type Parent,
  removeAll,
  wordsIn,
} from './page-tree.ts'
import { levelsOf, readLines, splitCaption, type Told } from './portal.ts'
import { dateRemarks, factsOf } from './portal-text.ts'
import { oneLine } from './words.ts'

/** UTF-16 units; saved pages with their pictures inside are larger, and are not read. */
const LONGEST = 20_000_000
const DEEPEST = 250
/** Steps of a path that a page shows. */
const MOST_STEPS = 20

/** @throws UnreadableSource where it is beyond the limits. */
export function readPage(text: string): Reading {
  if (text.length > LONGEST) {
    throw new UnreadableSource(`The page has more than ${LONGEST} characters.`)
  }
  const unplaced: Tally = new Map()
  return {
    kind: 'saved page',
    expected: 1,
    found: [readArticle(treeOf(text), unplaced)],
    skipped: new Map(),
    unplaced,
  }
}

function treeOf(text: string): Root {
  try {
    return parsePage(text, DEEPEST)
  } catch (error) {
    if (error instanceof UnfitBody) throw new UnreadableSource(`${error.message}.`)
    throw error
  }
}

function readArticle(page: Root, unplaced: Tally): Found {
  const { url, base, facts } = readMetadata(page)
  const heading = headingOf(page)
  // Open Graph often says the paper's name behind the title.
  const isLonger = heading !== undefined && facts.title?.startsWith(heading)
  const title = isLonger ? heading : (facts.title ?? heading)
  const article = articleIn(page)
  const blocks = blocksIn(page)
  const told = readLines(
    blocks.map((block) => ({ text: wordsIn(block), url: linkIn(block, base), isOfPage: true })),
  )
  const shown = factsOf(told, [], unplaced)
  const credits = creditsOf(page, blocks, told)
  const pictures = picturesOf(article, credits, facts.pictures ?? [], base)
  const credited = new Set(pictures.map(({ credit }) => credit))
  const photographers = told.credits.filter(({ name }) => !credited.has(name))
  const merged: Facts = {
    url,
    title,
    summary: facts.summary,
    published: facts.published ?? shown.published ?? timeIn(article, page),
    updated: facts.updated ?? shown.updated,
    language: facts.language,
    sections: sectionsOf(page, facts, shown, title),
    tags: [...new Set([...(facts.tags ?? []), ...(shown.tags ?? []), ...tagLinks(page)])],
    authors: facts.authors?.length ? facts.authors : shown.authors,
    contributors: once(
      [
        ...(facts.contributors ?? []),
        ...(shown.contributors ?? []),
        ...photographers.map(({ name }) => ({ name, role: 'photographer' })),
      ],
      ({ name, role }) => `${role} ${name}`,
    ),
    sources: [...(facts.sources ?? []), ...(shown.sources ?? [])],
    pictures,
    related: once([...told.related, ...relatedLinks(page, base)], (link) => link.url),
    rights: facts.rights || shown.rights ? { ...facts.rights, ...shown.rights } : undefined,
  }
  const unwanted = new Set(blocks.filter((_, at) => told.told.has(at)))
  removeAll(
    article,
    (node) =>
      unwanted.has(node) ||
      isAside(node) ||
      (/^h[12]$/.test(node.tagName) && oneLine(wordsIn(node)) === title) ||
      /related/i.test(namesOf(node)),
  )
  removeAll(article, isEmptied)
  return {
    facts: given(merged),
    body: { form: 'html', source: toHtml(article.children) },
    base,
    remarks: dateRemarks({ ...told, ...given({ published: merged.published }) }),
  }
}

/** A list or a block of which nothing is left. */
function isEmptied(node: Element): boolean {
  return (
    /^(ul|ol|div|section|header|li)$/.test(node.tagName) &&
    wordsIn(node).trim() === '' &&
    all(node, ({ tagName }) => /^(img|video|audio|iframe)$/.test(tagName)).length === 0
  )
}

/** Where a block leads that is one link and nothing else. */
function linkIn(block: Element, base: string | undefined): string | undefined {
  const [link, ...others] = all(block, ({ tagName }) => tagName === 'a')
  if (link === undefined || others.length > 0) return undefined
  const isAll = wordsIn(link).trim().length * 10 >= wordsIn(block).trim().length * 7
  return isAll ? address(attribute(link, 'href'), base) : undefined
}

/** The crumbs that are seen lead along the path as the desk writes it; else what machines are told. */
function sectionsOf(page: Root, facts: Facts, shown: Facts, title: string | undefined): string[][] {
  const seen = (shown.sections ?? []) as string[][]
  if (seen.length > 0) return seen.map((levels) => levels.filter((level) => level !== title))
  const [crumbs] = all(
    page,
    (node) =>
      /bread-?crumb|(^|[-_\s])crumbs?([-_\s]|$)/i.test(namesOf(node)) ||
      /breadcrumb/i.test(attribute(node, 'ariaLabel')),
  )
  const steps =
    crumbs === undefined
      ? []
      : all(crumbs, ({ tagName }) => tagName === 'a' || tagName === 'li').slice(0, MOST_STEPS)
  const outer = steps.filter(
    (step) =>
      !steps.some((other) => other !== step && all(other, (node) => node === step).length > 0),
  )
  const levels = levelsOf(outer.map((step) => wordsIn(step).replace(/^[\s›»>/]+|[\s›»>/]+$/gu, '')))
  const path = levels.filter((level) => level !== title)
  return path.length > 0 ? [path] : ((facts.sections ?? []) as string[][])
}

function tagLinks(page: Root): string[] {
  const marked = all(page, (node) => attribute(node, 'rel').split(' ').includes('tag'))
  const listed = linksIn(page, (node) =>
    /(^|[-_\s])(tags|tag-?list)([-_\s]|$)/i.test(namesOf(node)),
  )
  return [...marked, ...listed].flatMap((node) => oneLine(wordsIn(node).replace(/^\s*#/, '')) ?? [])
}

function timeIn(article: Parent, page: Root): string | undefined {
  const times = [article, page].flatMap((tree) =>
    all(tree, ({ tagName }) => tagName === 'time').filter(
      (node) => tree === article || !/comment/i.test(namesOf(node)),
    ),
  )
  return times
    .map((node) => readDate(attribute(node, 'dateTime')) ?? readDate(wordsIn(node)))
    .find((date) => date !== undefined)
}

function relatedLinks(page: Root, base: string | undefined): { title: string; url: string }[] {
  const links = linksIn(page, (node) => /(^|[-_\s])related([-_\s]|$)/i.test(namesOf(node)))
  return links.flatMap((link) => {
    const url = address(attribute(link, 'href'), base)
    const title = oneLine(wordsIn(link))
    return url === undefined || title === undefined ? [] : [{ title, url }]
  })
}

/** The photographers that blocks name, each by the picture above. */
function creditsOf(
  page: Root,
  blocks: readonly Element[],
  told: Told,
): ReadonlyMap<Element, string> {
  const names = new Map(told.credits.map(({ name, at }) => [blocks[at] as Element, name]))
  const credits = new Map<Element, string>()
  let above: Element | undefined
  for (const node of all(page, (one) => one.tagName === 'img' || names.has(one))) {
    const name = names.get(node)
    if (name === undefined) above = node
    else if (above !== undefined && !credits.has(above)) credits.set(above, name)
  }
  return credits
}

type Caption = ReturnType<typeof splitCaption>

/** What the captions of figures say, each by its picture. */
function captionsIn(article: Parent): ReadonlyMap<Element, Caption> {
  const captions = new Map<Element, Caption>()
  for (const figure of all(article, ({ tagName }) => tagName === 'figure')) {
    const [image] = all(figure, ({ tagName }) => tagName === 'img')
    const [caption] = all(figure, ({ tagName }) => tagName === 'figcaption')
    if (image !== undefined && caption !== undefined)
      captions.set(image, splitCaption(oneLine(wordsIn(caption)) ?? ''))
  }
  return captions
}

/** The pictures that machines are told of, and those of the article whose photographer is named. */
function picturesOf(
  article: Parent,
  credits: ReadonlyMap<Element, string>,
  known: readonly PictureFact[],
  base: string | undefined,
): PictureFact[] {
  const captions = captionsIn(article)
  const isKnown = new Set(known.map(({ url }) => url))
  const shown = all(article, ({ tagName }) => tagName === 'img').flatMap((image): PictureFact[] => {
    const url = address(attribute(image, 'src'), base)
    const credit = credits.get(image) ?? captions.get(image)?.credit
    if (url === undefined || (credit === undefined && !isKnown.has(url))) return []
    const { caption } = captions.get(image) ?? {}
    return [given({ url, alt: attribute(image, 'alt') || undefined, caption, credit })]
  })
  const byUrl = new Map(once(shown, urlOf).map((one) => [one.url, one]))
  return once([...known.map((one) => ({ ...byUrl.get(one.url), ...one })), ...shown], urlOf)
}

function urlOf({ url = '' }: PictureFact): string {
  return url
}
