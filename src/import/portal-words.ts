// The words with which portals name who worked on an article, where it comes from and when.

/** Roles by what stands before a name; authors are not among them. */
export const ROLES: Readonly<Record<string, string>> = {
  编辑: 'editor',
  責任編輯: 'editor',
  责任编辑: 'editor',
  責編: 'editor',
  责编: 'editor',
  編輯: 'editor',
  本文编辑: 'editor',
  校对: 'proofreader',
  审核: 'reviewer',
  监制: 'producer',
  摄影: 'photographer',
  攝影: 'photographer',
  图片: 'photographer',
  翻译: 'translator',
  编译: 'translator',
  整理: 'compiler',
  通讯员: 'correspondent',
  editor: 'editor',
  'edited by': 'editor',
  photographer: 'photographer',
  'photos by': 'photographer',
  'translated by': 'translator',
}
export const AUTHOR = new Set(['作者', '记者', '記者', '文', '撰文', 'author', 'by', 'written by'])
export const SOURCE = new Set(['来源', '來源', '稿源', '信息来源', '文章来源', 'source', 'sources'])
export const TAGS = new Set(['标签', '標籤', '关键词', '关键字', 'tags', 'tag', 'keywords'])
export const PUBLISHED = new Set([
  '发布时间',
  '发布日期',
  '发布于',
  '时间',
  '日期',
  '發佈時間',
  'published',
  'date',
])
export const UPDATED = new Set(['更新时间', '更新于', '最后更新', 'updated'])
