// What is measured with: articles as a bilingual newsroom writes them, the same in every run. Bodies have 1 to 10 kB, tags follow Zipf's law.
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const LATIN =
  'the of and to in a is that for it was on with as harbour ferry council market bridge school night train garden river pilot crane budget permit rehearsal volunteer timetable festival warehouse engineer neighbour library concert exports tariff winter repair'.split(
    ' ',
  )
const CJK = [
  ...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严',
]
const MINUTE = 60_000
/** Bytes of the largest body where a feed of fifty entries is to have some 135 kB. */
export const SHORT = 3_000

/** Numbers from 0 to 1, the same in every run (mulberry32). */
export function chance(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One of so many, the first most often: the nth in proportion to 1/n. */
function zipf(random, count) {
  return Math.min(count - 1, Math.floor((count + 1) ** random()) - 1)
}

function sentence(random, isChinese) {
  const some = (words, count, glue) =>
    Array.from({ length: count }, () => words[Math.floor(random() * words.length)]).join(glue)
  if (isChinese)
    return `${some(CJK, 8 + Math.floor(random() * 20), '')}，${some(CJK, 6 + Math.floor(random() * 14), '')}。`
  const words = some(LATIN, 8 + Math.floor(random() * 14), ' ')
  return `${words[0].toUpperCase()}${words.slice(1)}. `
}

/** @param least bytes. */
function body(random, isChinese, least) {
  const parts = []
  let bytes = 0
  while (bytes < least) {
    const sentences = Array.from({ length: 3 + Math.floor(random() * 3) }, () =>
      sentence(random, isChinese),
    )
    const kind = random()
    if (kind < 0.1)
      sentences.push(`[${sentence(random, isChinese)}](https://harbour.example/${bytes}) `)
    if (kind > 0.8) sentences.push(`**${sentence(random, isChinese)}**`)
    const part = kind > 0.1 && kind < 0.16 ? `- ${sentences.join('\n- ')}` : sentences.join('')
    parts.push(part)
    bytes += Buffer.byteLength(part)
  }
  return parts.join('\n\n')
}

/** What is known of the nth article without its body, and the chances that are left for that. */
function begin(number, tags) {
  const random = chance(number + 1)
  const isChinese = random() < 0.5
  const facts = {
    id: `urn:made:${number}`,
    title: sentence(random, isChinese).slice(0, 60).trim(),
    published: Date.UTC(2010, 0, 1) + number * 7 * MINUTE,
    language: isChinese ? 'zh-Hans' : 'en',
    section: `Section ${zipf(random, 12)}`,
    part: `Part ${zipf(random, 6)}`,
    tags: [...new Set(Array.from({ length: 4 }, () => `tag ${zipf(random, tags)}`))],
    author: `Author ${zipf(random, 60)}`,
  }
  return { random, isChinese, facts }
}

/**
 * The nth article.
 * @param tags how many there are to choose from.
 * @param most bytes of a body: from a tenth of that on.
 */
export function madeArticle(number, { tags = 400, most = 10_000 } = {}) {
  const { random, isChinese, facts } = begin(number, tags)
  return { ...facts, body: body(random, isChinese, most / 10 + random() ** 2 * most * 0.9) }
}

export function asMarkdown({ id, title, published, language, section, part, tags, author, body }) {
  return `---
id: ${id}
title: ${JSON.stringify(title)}
date: ${new Date(published).toISOString()}
language: ${language}
categories: [${section}/${part}]
tags: [${tags.join(', ')}]
authors: [${author}]
---
${body}
`
}

/**
 * The nth article as a line of a file of records.
 * @param most bytes of a body; where that isn't said, there is a summary instead.
 */
function madeLine(number, most) {
  const { random, isChinese, facts } = begin(number, 2_000)
  const { section, part, author, ...rest } = facts
  const words =
    most === undefined
      ? { summary: sentence(random, isChinese).trim() }
      : { markdown: madeArticle(number, { most }).body }
  return JSON.stringify({
    ...rest,
    published: new Date(facts.published).toISOString(),
    section: `${section}/${part}`,
    authors: [author],
    ...words,
  })
}

const SITE = 'title: Made\nurl: https://made.example/\n'
const folders = []
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A temporary folder, which goes with the process. */
export function madeFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'gazette-bench-'))
  folders.push(folder)
  return folder
}

/** A folder with one file of so many lines; `most` as above. */
export function madeLines(count, most) {
  const folder = madeFolder()
  writeFileSync(path.join(folder, 'site.yaml'), SITE)
  const file = openSync(path.join(folder, 'all.ndjson'), 'w')
  for (let number = 0; number < count; number += 1_000) {
    const length = Math.min(1_000, count - number)
    writeSync(file, Array.from({ length }, (_, at) => `${madeLine(number + at, most)}\n`).join(''))
  }
  closeSync(file)
  return folder
}

const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480"/></svg>\n'

/**
 * A folder that Hugo and Gazette both read: Hugo makes nothing but RSS of it.
 * @param isIllustrated whether each article shows a picture, which those in its folder share.
 * @returns its path; the articles are in `content/`, a hundred to a folder.
 */
export function madeSite(count, { isIllustrated = false, ...options } = {}) {
  const root = madeFolder()
  writeFileSync(
    path.join(root, 'hugo.toml'),
    [
      'baseURL = "https://made.example/"',
      'title = "Made"',
      'disableKinds = ["sitemap", "robotsTXT", "404"]',
      '[outputs]',
      ...['home', 'section', 'taxonomy', 'term'].map((kind) => `${kind} = ["RSS"]`),
      'page = []',
      '[taxonomies]',
      'tag = "tags"',
      'category = "categories"',
    ].join('\n'),
  )
  for (let number = 0; number < count; number++) {
    const file = fileOf(root, number)
    const folder = path.dirname(file)
    if (number % 100 === 0) mkdirSync(folder, { recursive: true })
    if (number % 100 === 0 && isIllustrated) writeFileSync(path.join(folder, 'made.svg'), PICTURE)
    const article = madeArticle(number, options)
    const body = isIllustrated ? `![Made](made.svg)\n\n${article.body}` : article.body
    writeFileSync(file, asMarkdown({ ...article, body }))
  }
  writeFileSync(path.join(root, 'content', 'site.yaml'), SITE)
  return root
}

/** Where the nth article of such a folder is. */
export function fileOf(root, number) {
  return path.join(root, 'content', 'posts', String(Math.floor(number / 100)), `${number}.md`)
}
