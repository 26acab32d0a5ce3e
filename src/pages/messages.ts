// Everything that the pages say, in one table: a row for each message, a column for each language.
import { MALFORMED } from '../domain/malformed-parameter.ts'

/** The languages of the columns, in their order. */
export const PAGE_LANGUAGES = ['en', 'zh-Hans', 'zh-Hant'] as const
export type PageLanguage = (typeof PAGE_LANGUAGES)[number]

/**
 * `{name}` is a place that is filled in; keep it, wherever the sentence wants it. A bar parts the wording for one
 * from that for several, where a language has two: `one thing|{count} things`.
 */
export const MESSAGES = {
  // The frame of every page
  skip: ['Skip to the content', '跳到正文', '跳至正文'],
  nav: ['Publication', '本站', '本站'],
  'nav.build': ['Build a feed', '定制订阅', '自訂訂閱'],
  'nav.find': ['All terms', '全部分类', '所有分類'],
  contact: ['Contact: {who}', '联系我们：{who}', '聯絡我們：{who}'],
  zone: ['Times are those of {zone}.', '时间为 {zone} 时间。', '時間為 {zone} 時間。'],
  opml: ['All feeds as one file (OPML)', '全部订阅源（OPML 文件）', '所有訂閱源（OPML 檔案）'],

  // The first page
  newest: ['Newest articles', '最新文章', '最新文章'],
  everything: ['Everything', '全部文章', '全部文章'],
  feeds: ['Feeds', '订阅源', '訂閱源'],
  'feeds.named': ['Put together by the editors', '编辑部组合', '編輯部組合'],
  'tags.all': ['All {count} tags', '全部 {count} 个标签', '全部 {count} 個標籤'],
  'authors.all': ['All {count} authors', '全部 {count} 位作者', '全部 {count} 位作者'],
  'sections.all': ['All {count} sections', '全部 {count} 个栏目', '全部 {count} 個欄目'],
  'articles.count': ['{count} article|{count} articles', '{count} 篇文章', '{count} 篇文章'],
  'articles.none': ['There is no article here now.', '这里目前没有文章。', '這裡目前沒有文章。'],
  'build.why': [
    'Only some of this? Put together a feed of your own.',
    '只想看其中一部分？定制一个自己的订阅源。',
    '只想看其中一部分？自訂一個專屬的訂閱源。',
  ],

  // Search for terms
  find: ['Find a tag, section or author', '查找标签、栏目或作者', '尋找標籤、欄目或作者'],
  'find.go': ['Find', '查找', '尋找'],
  'find.title': ['Tags, sections and authors', '标签、栏目与作者', '標籤、欄目與作者'],
  'find.found': ['Found for “{query}”', '“{query}”的查找结果', '「{query}」的尋找結果'],
  'find.none': [
    'No tag, section or author is called “{query}”.',
    '没有名为“{query}”的标签、栏目或作者。',
    '沒有名為「{query}」的標籤、欄目或作者。',
  ],
  'find.words': [
    'Articles with the words “{query}”',
    '含有“{query}”一词的文章',
    '含有「{query}」一詞的文章',
  ],

  'terms.before': ['Terms used more', '更常用的', '更常用的'],
  'terms.after': ['Terms used less', '较少用的', '較少用的'],

  // The page of a feed
  'feed.why': [
    'A feed is an address that a feed reader app checks for you, so that new articles come to you by themselves. It is free and needs no account.',
    '订阅源是一个网址，阅读器会替您定时查看它，新文章一发布就会自动送到您面前。订阅免费，无需注册。',
    '訂閱源是一個網址，閱讀器會替您定時查看它，新文章一發布就會自動送到您面前。訂閱免費，無需註冊。',
  ],
  subscribe: ['Subscribe', '订阅', '訂閱'],
  'subscribe.app': ['Open in an app', '用应用打开', '用應用程式開啟'],
  'subscribe.reader': ['Subscribe with {reader}', '用 {reader} 订阅', '用 {reader} 訂閱'],
  'address.of': ['{format} address', '{format} 地址', '{format} 網址'],
  copy: ['Copy', '复制', '複製'],
  copied: ['Copied', '已复制', '已複製'],
  'show.document': ['Show the document', '查看源文件', '檢視原始檔'],
  qr: [
    'QR code of the feed’s address: scan it with a phone',
    '订阅地址的二维码，用手机扫描即可',
    '訂閱網址的 QR 碼，用手機掃描即可',
  ],
  updated: ['Updated {when}', '更新于 {when}', '更新於 {when}'],
  full: ['Full text', '展开全文', '展開全文'],
  newer: ['Newer articles', '较新的文章', '較新的文章'],
  older: ['Older articles', '较早的文章', '較早的文章'],
  pages: ['Pages', '分页', '分頁'],
  'build.from': ['Change this selection', '修改筛选条件', '修改篩選條件'],
  private: [
    'This feed is private: its address is meant for you alone. Do not pass it on.',
    '这是私密订阅源，地址仅供您本人使用，请勿转发。',
    '這是私密訂閱源，網址僅供您本人使用，請勿轉發。',
  ],

  // An article
  breadcrumb: ['Where this article stands', '所在栏目', '所在欄目'],
  by: ['By {names}', '作者：{names}', '作者：{names}'],
  'role.as': ['{role}: {names}', '{role}：{names}', '{role}：{names}'],
  'role.editor': ['Editor', '编辑', '編輯'],
  'role.photographer': ['Photographs', '摄影', '攝影'],
  'role.translator': ['Translation', '翻译', '翻譯'],
  'role.compiler': ['Compiled by', '整理', '整理'],
  'role.reporter': ['Reporting', '记者', '記者'],
  'role.illustrator': ['Illustrations', '插图', '插圖'],
  'role.proofreader': ['Proofreading', '校对', '校對'],
  'role.reviewer': ['Review', '审核', '審核'],
  'role.producer': ['Production', '监制', '監製'],
  published: ['Published {when}', '发布于 {when}', '發布於 {when}'],
  photo: ['Photo: {credit}', '图：{credit}', '圖：{credit}'],
  sources: ['Sources', '来源', '來源'],
  related: ['Related articles', '相关文章', '相關文章'],
  rights: ['Rights', '版权', '版權'],
  takedown: [
    'To ask for a correction or for this article to be taken down, write to {who}.',
    '如需更正或删除本文，请联系 {who}。',
    '如需更正或刪除本文，請聯絡 {who}。',
  ],
  elsewhere: [
    'This is the text as the feed carries it. The article stands at {where}.',
    '以上为订阅源中的全文，原文见 {where}。',
    '以上為訂閱源中的全文，原文見 {where}。',
  ],

  // The feed builder
  build: ['Build a feed', '定制订阅源', '自訂訂閱源'],
  'build.how': [
    'Choose what your feed should carry and what it should leave out. The address it gets is yours to subscribe to, and always carries the newest that fits.',
    '选择要收录和要排除的内容，生成的地址就是您的订阅源，始终收录符合条件的最新文章。',
    '選擇要收錄和要排除的內容，產生的網址就是您的訂閱源，始終收錄符合條件的最新文章。',
  ],
  'build.include': ['Include', '收录', '收錄'],
  'build.exclude': ['Leave out', '排除', '排除'],
  'build.include.term': ['Include {term}', '收录：{term}', '收錄：{term}'],
  'build.exclude.term': ['Leave out {term}', '排除：{term}', '排除：{term}'],
  'build.all': ['all of those chosen', '同时符合全部', '同時符合全部'],
  'build.any': ['any of those chosen', '符合任意一项', '符合任意一項'],
  'build.match': ['An article must have', '文章须', '文章須'],
  'build.words': ['Words', '关键词', '關鍵字'],
  'build.words.how': [
    'An article must have all of these words, in its title, summary or text.',
    '标题、摘要或正文须包含以下全部词语，以空格分隔。',
    '標題、摘要或內文須包含以下所有詞語，以空格分隔。',
  ],
  'build.more': ['Show others', '显示其他项', '顯示其他項'],
  'build.more.how': [
    'Shown are those used most; more that have this in their name:',
    '以上为最常用的；按名称查找其他项：',
    '以上為最常用的；按名稱尋找其他項：',
  ],
  'build.none': [
    'Nothing here is called “{query}”.',
    '没有名为“{query}”的项。',
    '沒有名為「{query}」的項。',
  ],
  'build.form': ['What it carries', '收录内容', '收錄內容'],
  'build.extent': ['How much of each article', '每篇文章的内容', '每篇文章的內容'],
  'build.extent.full': ['the full text', '全文', '全文'],
  'build.extent.summary': ['a summary', '摘要', '摘要'],
  'build.go': ['Show the feed', '查看结果', '檢視結果'],
  'build.failed': [
    'This could not be brought up to date. Try “Show the feed”.',
    '未能更新，请点击“查看结果”重试。',
    '未能更新，請點選「檢視結果」重試。',
  ],
  'build.result': ['Your feed', '您的订阅源', '您的訂閱源'],
  'build.clear': ['Start afresh', '重新开始', '重新開始'],
  'build.page': ['Open the page of this feed', '打开此订阅源的页面', '開啟此訂閱源的頁面'],
  'build.matching': [
    '{count} article matches|{count} articles match',
    '共有 {count} 篇文章符合条件',
    '共有 {count} 篇文章符合條件',
  ],

  // What went wrong
  perhaps: ['Perhaps you meant:', '您要找的是不是：', '您要找的是不是：'],
  home: ['Go to the first page', '返回首页', '返回首頁'],
  'problem.Not found': ['There is nothing at this address', '找不到此页面', '找不到此頁面'],
  'problem.Withdrawn': ['This article was withdrawn', '本文已撤下', '本文已撤下'],
  'problem.Retired': ['This feed is no more', '此订阅源已停止', '此訂閱源已停止'],
  'problem.No such page': ['There are fewer pages', '没有这么多页', '沒有這麼多頁'],
  'problem.No such format': ['Not in this format', '没有此格式', '沒有此格式'],
  'problem.Unknown term': ['Nobody ever used this term', '没有这个分类', '沒有這個分類'],
  'problem.Malformed parameter': ['The address has a mistake', '地址有误', '網址有誤'],
  'problem.Malformed address': ['The address has a mistake', '地址有误', '網址有誤'],
  'problem.Method not allowed': ['This can only be read', '仅支持读取', '僅支援讀取'],
  'problem.Too many requests': ['Too many requests', '请求过于频繁', '請求過於頻繁'],
  'problem.Too much to do': [
    'Too much to do just now',
    '服务器繁忙，请稍后再试',
    '伺服器忙碌，請稍後再試',
  ],
  'problem.Internal error': ['Something went wrong here', '服务器出错了', '伺服器發生錯誤'],

  // … this time, and what would be right. Programs are told it in English
  'detail.nothing': [
    'There is nothing at this address.',
    '此地址没有任何内容。',
    '此網址沒有任何內容。',
  ],
  'detail.gone': ['It is no longer available.', '内容已不再提供。', '內容已不再提供。'],
  'detail.pages': [
    'The feed has fewer pages.',
    '页码超出了此订阅源的总页数。',
    '頁碼超出了此訂閱源的總頁數。',
  ],
  'detail.formats': [
    'This feed is there as {formats}.',
    '此订阅源提供以下格式：{formats}。',
    '此訂閱源提供以下格式：{formats}。',
  ],
  'detail.term': [
    'Nothing was ever published under “{term}”.',
    '“{term}”之下从未发布过文章。',
    '「{term}」之下從未發布過文章。',
  ],
  'detail.encoding': [
    'The path is not percent-encoded UTF-8.',
    '路径不是有效的 UTF-8 百分号编码。',
    '路徑不是有效的 UTF-8 百分號編碼。',
  ],
  'detail.methods': [
    'Feeds and pages can be read ({methods}), nothing else.',
    '订阅源和页面仅供读取（{methods}），不支持其他操作。',
    '訂閱源和頁面僅供讀取（{methods}），不支援其他操作。',
  ],
  'detail.budget': [
    'Ask again in {seconds} s, and with the ETag that you were given: such requests are the last to be refused.',
    '请在 {seconds} 秒后重试，并附上之前收到的 ETag：这样的请求最后才会被拒绝。',
    '請在 {seconds} 秒後重試，並附上先前收到的 ETag：這樣的請求最後才會被拒絕。',
  ],
  'detail.busy': [
    'This is not ready, and there is no time to make it just now. Ask again soon.',
    '此内容尚未生成，目前也来不及生成，请稍后重试。',
    '此內容尚未產生，目前也來不及產生，請稍後重試。',
  ],
  'detail.fault': [
    'Something went wrong here, not with your request. Its number is {id}.',
    '问题出在服务器，与您的请求无关。错误编号：{id}。',
    '問題出在伺服器，與您的請求無關。錯誤編號：{id}。',
  ],
  'malformed.unknown': [MALFORMED.unknown, '没有“{name}”这个参数。', '沒有「{name}」這個參數。'],
  'malformed.repeated': [
    MALFORMED.repeated,
    '参数“{name}”只能出现一次。',
    '參數「{name}」只能出現一次。',
  ],
  'malformed.number': [
    MALFORMED.number,
    '参数“{name}”应为 1 到 {most} 之间的整数。',
    '參數「{name}」應為 1 到 {most} 之間的整數。',
  ],
  'malformed.choice': [
    MALFORMED.choice,
    '参数“{name}”只能是以下之一：{choices}。',
    '參數「{name}」只能是以下之一：{choices}。',
  ],
  'malformed.bound': [
    MALFORMED.bound,
    '参数“{name}”应为日期（2026-03-09）、日期时间（2026-03-09T08:30:00Z）或从现在往前推算的时长（P7D）。',
    '參數「{name}」應為日期（2026-03-09）、日期時間（2026-03-09T08:30:00Z）或從現在往前推算的時間長度（P7D）。',
  ],
  'malformed.depth': [
    MALFORMED.depth,
    '参数“depth”只能为 0，表示仅限本栏目，不含其下级栏目。',
    '參數「depth」只能為 0，表示僅限本欄目，不含其下層欄目。',
  ],
  'malformed.content': [
    MALFORMED.content,
    '参数“content”应为“full”或“summary”。',
    '參數「content」應為「full」或「summary」。',
  ],
  'malformed.summaries': [MALFORMED.summaries, '此订阅源仅提供摘要。', '此訂閱源僅提供摘要。'],
  'malformed.length': [
    MALFORMED.length,
    '参数“{name}”最多可有 {most} 个字符。',
    '參數「{name}」最多可有 {most} 個字元。',
  ],
  'malformed.count': [
    MALFORMED.count,
    '一次筛选最多可用 {most} 个分类。',
    '一次篩選最多可用 {most} 個分類。',
  ],
  'malformed.term': [MALFORMED.term, '“{term}”不能用作分类名称。', '「{term}」不能作為分類名稱。'],
  'malformed.mixed': [
    MALFORMED.mixed,
    '“{name}={value}”混用了要收录和要排除的分类，请分成两个参数。',
    '「{name}={value}」混用了要收錄和要排除的分類，請分成兩個參數。',
  ],
} as const satisfies Readonly<Record<string, readonly [string, string, string]>>

export type MessageKey = keyof typeof MESSAGES

/** The kinds of problems that have a heading. */
export type ProblemTitle = {
  [Key in MessageKey]: Key extends `problem.${infer Title}` ? Title : never
}[MessageKey]

export function isMessage(key: string): key is MessageKey {
  return Object.hasOwn(MESSAGES, key)
}
