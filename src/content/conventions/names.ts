// What the fields of a record are called elsewhere: one table for Hugo, Hexo, Jekyll, Eleventy, Astro, Zola and CMSs.

/**
 * Our fields, and the names that they go by, the one that says it best first; the first that has a value counts.
 * Capitals, `-` and `_` make no difference. A dot leads into a map.
 */
export const NAMES = {
  id: ['id', 'guid', 'uuid'],
  slug: ['slug'],
  url: ['url', 'canonical', 'canonicalUrl', 'permalink', 'path'],
  title: ['title', 'headline'],
  summary: ['summary', 'description', 'excerpt', 'abstract', 'custom_excerpt'],
  published: [
    'published',
    'publishDate',
    'pubDate',
    'date',
    'date_published',
    'published_at',
    'publishedDate',
    'created',
    'created_at',
  ],
  updated: [
    'updated',
    'lastmod',
    'updatedDate',
    'modified',
    'last_modified_at',
    'last_modified',
    'date_modified',
    'updated_at',
    'modDate',
  ],
  expires: ['expires', 'expiryDate', 'unpublishDate'],
  withdrawn: ['withdrawn'],
  language: ['language', 'lang', 'locale'],
  section: ['section'],
  sections: ['sections', 'categories', 'taxonomies.categories', 'category'],
  tags: ['tags', 'taxonomies.tags', 'tag', 'keywords'],
  authors: [
    'authors',
    'author',
    'taxonomies.authors',
    'extra.authors',
    'extra.author',
    'params.authors',
    'params.author',
    'byline',
    'writer',
  ],
  contributors: ['contributors'],
  pictures: [
    'pictures',
    'cover',
    'image',
    'images',
    'hero_image',
    'featured_image',
    'feature_image',
    'cover_image',
    'thumbnail',
    'banner',
    'header.image',
    'header.teaser',
    'og_image',
    'top_img',
    'index_img',
    'extra.cover',
    'extra.image',
    'extra.cover_image',
    'params.cover',
    'params.image',
    'params.featured_image',
  ],
  recordings: ['recordings'],
  sources: ['sources', 'source', 'from', 'fromUrl'],
  related: ['related'],
  rights: ['rights', 'license', 'copyright'],
  markdown: ['markdown', 'body_markdown', 'content_markdown'],
  html: ['html', 'body_html', 'content_html'],
  text: ['text', 'body_text', 'content_text'],
  charset: ['charset'],
} as const satisfies Record<string, readonly string[]>

/** Names of people who did something else than write, and what they did. */
export const ROLES = {
  editor: 'editor',
  editors: 'editor',
  translator: 'translator',
  translators: 'translator',
  photographer: 'photographer',
  illustrator: 'illustrator',
} as const

/** Fields that keep an article out of every feed, and whether they do so by being true or by being false. */
export const GATES = {
  draft: true,
  published: false,
  publish: false,
  feed: false,
  rss: false,
  sitemap: false,
  hidden: true,
  unlisted: true,
  private: true,
  headless: true,
  eleventyExcludeFromCollections: true,
} as const

/** Values of `status` that keep an article out; `scheduled` ones come by their date. */
export const UNPUBLISHED = [
  'draft',
  'pending',
  'private',
  'archived',
  'trash',
  'hidden',
  'unlisted',
]

/** What generators and their themes read, and what says nothing about an article. */
export const IGNORED = [
  'aliases',
  'build',
  'cascade',
  'comment',
  'comments',
  'disqus',
  'eleventyComputed',
  'eleventyNavigation',
  'extra',
  'featured',
  'header',
  'icon',
  'in_search_index',
  'insert_anchor_links',
  'katex',
  'layout',
  'lightbox',
  'linkTitle',
  'markup',
  'math',
  'mathjax',
  'menu',
  'mermaid',
  'order',
  'outputs',
  'page_template',
  'paginate_by',
  'pagination',
  'params',
  'pin',
  'pinned',
  'redirect_from',
  'resources',
  'reward',
  'robots',
  'series',
  'share',
  'show_reading_time',
  'ShowToc',
  'sort_by',
  'status',
  'sticky',
  'taxonomies',
  'template',
  'toc',
  'top',
  'type',
  'weight',
  'wordCount',
]

/** One spelling for all spellings of a name: `pub_date`, `pubDate` and `PubDate` are one. */
export function plainName(name: string): string {
  const known = plainNames.get(name)
  if (known !== undefined) return known
  if (plainNames.size >= MOST_KNOWN) plainNames.clear()
  const plain = name.toLowerCase().replace(/[-_]/g, '')
  plainNames.set(name, plain)
  return plain
}

/** Records have the same names again and again. */
const plainNames = new Map<string, string>()
const MOST_KNOWN = 2_000
