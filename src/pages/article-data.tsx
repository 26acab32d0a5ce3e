// What machines read on an article's page: Open Graph, and schema.org's NewsArticle as JSON-LD.
import { raw } from 'hono/html'
import type { FC } from 'hono/jsx'
import type { Article } from '../domain/article.ts'
import type { Publication } from '../domain/publication.ts'
import { remembered } from '../domain/remembered.ts'

interface ArticleProps {
  readonly publication: Publication
  readonly article: Article
}

export const ArticleData: FC<ArticleProps> = (props) => (
  <>
    {openGraph(props).map(([property, content]) => (
      <meta property={property} content={content} />
    ))}
    <script type="application/ld+json">{raw(harmless(newsArticle(props)))}</script>
  </>
)

/** https://ogp.me/, in its order; a property of a picture belongs to the picture before it. */
function openGraph({ publication, article }: ArticleProps): [string, string][] {
  const properties: [string, string | number | undefined][] = [
    ['og:type', 'article'],
    ['og:title', article.title],
    ['og:url', article.link],
    ['og:site_name', publication.title],
    ['og:description', article.summary],
    ['og:locale', localeOf(article.language)],
    ...article.pictures.flatMap(
      ({ url, alt, width, height }): [string, string | number | undefined][] => [
        ['og:image', url],
        ['og:image:width', width],
        ['og:image:height', height],
        ['og:image:alt', alt],
      ],
    ),
    ['article:published_time', new Date(article.published).toISOString()],
    ['article:modified_time', new Date(article.updated).toISOString()],
    ['article:section', article.sections[0]?.at(-1)?.label],
    ...article.tags.map(({ label }): [string, string] => ['article:tag', label]),
  ]
  return properties.flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  )
}

/** `zh-Hans` as `zh_CN`: Open Graph knows languages by their territories. Remembered, as this takes longer than all the rest here. */
const localeOf = remembered(500, (language): string | undefined => {
  const { language: spoken, region } = new Intl.Locale(language).maximize()
  return region === undefined ? undefined : `${spoken}_${region}`
})

/** https://schema.org/NewsArticle; members that are undefined are left out of JSON. */
function newsArticle({ publication, article }: ArticleProps): object {
  const { authors, contributors, pictures, sections, tags, rights } = article
  const named = (role: string) =>
    contributors.filter((one) => one.role === role).map((one) => personOf(one))
  return {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    '@id': article.id,
    headline: article.title,
    description: article.summary,
    url: article.link,
    mainEntityOfPage: article.link,
    inLanguage: article.language,
    datePublished: new Date(article.published).toISOString(),
    dateModified: new Date(article.updated).toISOString(),
    author: some(authors.map((one) => personOf(one))),
    editor: some(named('editor')),
    translator: some(named('translator')),
    articleSection: some(sections.map((path) => path.at(-1)?.label)),
    keywords: some(tags.map(({ label }) => label)),
    image: some(
      pictures.map(({ url, width, height, caption, credit }) => ({
        '@type': 'ImageObject',
        url,
        width,
        height,
        caption,
        creditText: credit,
      })),
    ),
    isBasedOn: some(article.sources.flatMap(({ url }) => (url === undefined ? [] : [url]))),
    copyrightNotice: rights.copyright,
    usageInfo: rights.reprint,
    publisher: {
      '@type': 'Organization',
      name: publication.title,
      url: publication.base,
      logo: publication.logo,
    },
  }
}

/** A byline doesn't tell organisations from people. */
function personOf({ name, url }: { name: string; url?: string }): object {
  return { '@type': 'Person', name, url }
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list
}

/** JSON that can't end the script element it stands in (HTML §4.12.1.3), nor one of its lines (ECMAScript's separators). */
function harmless(value: object): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
