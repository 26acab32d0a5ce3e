// The words of the pages, by language: the one table a translator reads.

export interface Texts {
  readonly contact: string
  readonly feeds: string
  readonly everything: string
  readonly newest: string
  readonly nothing: string
  readonly howTo: string
  readonly sources: string
  readonly related: string
  readonly updated: string
  readonly roles: Readonly<Record<string, string>>
  readonly photo: (credit: string) => string
  readonly perhaps: string
  readonly raw: string
  readonly opml: string
  readonly newer: string
  readonly older: string
}

const ENGLISH: Texts = {
  contact: 'Contact:',
  feeds: 'Feeds',
  everything: 'Everything',
  newest: 'Newest articles',
  nothing: 'There is no article here now.',
  howTo:
    'Copy the address of a feed into your feed reader: new articles then come to you. A feed costs nothing and asks for no account.',
  sources: 'Sources',
  related: 'Related',
  updated: 'Updated',
  roles: {},
  photo: (credit) => `Photo: ${credit}`,
  perhaps: 'Perhaps you meant:',
  raw: 'Show the document itself',
  opml: 'All feeds as OPML, for import into a reader',
  newer: 'Newer',
  older: 'Older',
}

const SIMPLIFIED: Texts = {
  contact: '联系我们：',
  feeds: '订阅源',
  everything: '全部文章',
  newest: '最新文章',
  nothing: '这里目前没有文章。',
  howTo: '把订阅源的地址复制到阅读器中，新文章就会自动送达。订阅免费，也无需注册。',
  sources: '来源',
  related: '相关文章',
  updated: '更新于',
  roles: {
    editor: '编辑',
    photographer: '摄影',
    translator: '翻译',
    compiler: '整理',
    reporter: '记者',
    illustrator: '插图',
  },
  photo: (credit) => `图：${credit}`,
  perhaps: '您要找的是不是：',
  raw: '查看订阅源原文',
  opml: '全部订阅源（OPML），可导入阅读器',
  newer: '较新',
  older: '较早',
}

const TRADITIONAL: Texts = {
  contact: '聯絡我們：',
  feeds: '訂閱源',
  everything: '全部文章',
  newest: '最新文章',
  nothing: '這裡目前沒有文章。',
  howTo: '把訂閱源的網址複製到閱讀器中，新文章就會自動送達。訂閱免費，也無需註冊。',
  sources: '來源',
  related: '相關文章',
  updated: '更新於',
  roles: {
    editor: '編輯',
    photographer: '攝影',
    translator: '翻譯',
    compiler: '整理',
    reporter: '記者',
    illustrator: '插圖',
  },
  photo: (credit) => `圖：${credit}`,
  perhaps: '您要找的是不是：',
  raw: '檢視訂閱源原文',
  opml: '全部訂閱源（OPML），可匯入閱讀器',
  newer: '較新',
  older: '較早',
}

/** @param language BCP 47; English where there are no words for it. */
export function textsFor(language: string): Texts {
  const locale = new Intl.Locale(language).maximize()
  if (locale.language !== 'zh') return ENGLISH
  return locale.script === 'Hant' ? TRADITIONAL : SIMPLIFIED
}
