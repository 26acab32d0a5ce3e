// A WordPress export: which of it becomes records, with which facts, and how its bodies read.
import { describe, expect, it } from 'vitest'
import { bodyOf, importing, post, wxr } from '../support/import.ts'

describe('a post keeps', () => {
  it('its id, address, name, moments with their zone, and language', async () => {
    const imported = await importing(
      wxr(
        post(
          '<wp:post_name>%e5%a4%9c%e5%b8%82</wp:post_name><wp:post_modified>2026-02-10 09:00:00</wp:post_modified><wp:post_modified_gmt>2026-02-10 01:00:00</wp:post_modified_gmt>',
        ),
      ),
    )
    expect(imported.files).toEqual(['2026-02-09-夜市.md'])
    expect(await imported.text()).toContain('published: 2026-02-09T08:30:00+08:00\n')
    expect(await imported.article()).toMatchObject({
      id: 'https://notes.example/?p=1',
      link: 'https://notes.example/a-post/',
      slug: '夜市',
      title: 'A post',
      published: Date.UTC(2026, 1, 9, 0, 30),
      updated: Date.UTC(2026, 1, 10, 1),
      language: 'en-GB',
    })
  })

  it.each([
    [
      'east of Greenwich',
      '2026-02-09 14:15:00',
      '2026-02-09 08:30:00',
      '2026-02-09T14:15:00+05:45',
    ],
    ['west of it', '2026-02-08 22:00:00', '2026-02-09 03:00:00', '2026-02-08T22:00:00-05:00'],
    ['at it', '2026-02-09 08:30:00', '2026-02-09 08:30:00', '2026-02-09T08:30:00+00:00'],
    ['without its UTC twin', '2026-02-09 08:30:00', '0000-00-00 00:00:00', '2026-02-09T08:30:00'],
  ])('the wall time %s', async (_, local, utc, written) => {
    const dates = `<wp:post_date>${local}</wp:post_date><wp:post_date_gmt>${utc}</wp:post_date_gmt>`
    expect(await (await importing(wxr(post(dates)))).text()).toContain(`published: ${written}\n`)
  })

  it('no change that is none', async () => {
    const same =
      '<wp:post_modified>2026-02-09 08:30:00</wp:post_modified><wp:post_modified_gmt>2026-02-09 00:30:00</wp:post_modified_gmt>'
    expect(await (await importing(wxr(post(same)))).text()).not.toContain('updated')
  })

  it("its categories as paths, in their spelling, and its author's name for the login", async () => {
    const category = (name: string, parent: string, label: string) =>
      `<wp:category><wp:category_nicename>${name}</wp:category_nicename><wp:category_parent>${parent}</wp:category_parent><wp:cat_name><![CDATA[${label}]]></wp:cat_name></wp:category>`
    const head = [
      category('news', '', 'News & Views'),
      category('port', 'news', 'Port / Quay'),
      category('trade', 'news', 'R&amp;D'),
      category('loop', 'loop', 'Loop'),
      '<wp:author><wp:author_login>mira</wp:author_login><wp:author_email>m@notes.example</wp:author_email><wp:author_display_name>Mira Quay</wp:author_display_name></wp:author>',
    ].join('')
    const imported = await importing(
      wxr(
        post(
          '<dc:creator>mira</dc:creator><category domain="category" nicename="news"><![CDATA[News & Views]]></category><category domain="category" nicename="port">Port / Quay</category><category domain="category" nicename="trade"><![CDATA[R&amp;D]]></category><category domain="post_tag" nicename="c">C++</category><category domain="post_tag" nicename="b-b"><![CDATA[B&amp;B]]></category><category domain="post_format" nicename="x">Image</category>',
        ),
        head,
      ),
    )
    const article = await imported.article()
    expect(article.sections.map((path) => path.map(({ label }) => label))).toEqual([
      ['News & Views', 'Port / Quay'],
      ['News & Views', 'R&D'],
    ])
    expect(article.tags.map(({ label }) => label)).toEqual(['C++', 'B&B'])
    expect(article.authors).toEqual([{ name: 'Mira Quay', term: 'mira-quay' }])
    expect(imported.account.unplaced).toEqual({
      'category domain "post_format"': 1,
      'wp:author_email': 1,
    })
    expect(await imported.text()).not.toContain('m@notes.example')
  })

  it('its featured picture with words, and its podcast', async () => {
    const meta = (key: string, value: string) =>
      `<wp:postmeta><wp:meta_key>${key}</wp:meta_key><wp:meta_value>${value}</wp:meta_value></wp:postmeta>`
    const attachment = `<item><title>x</title><excerpt:encoded>At dawn</excerpt:encoded><wp:post_id>40</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://notes.example/crane.jpg</wp:attachment_url>${meta('_wp_attachment_image_alt', 'A crane')}</item>`
    const imported = await importing(
      wxr(
        post(
          meta('_thumbnail_id', '40') +
            meta('enclosure', 'https://notes.example/1.mp3\n12345\naudio/mpeg\n') +
            meta('_edit_last', '1') +
            meta('_yoast_wpseo_title', 'SEO'),
        ) + attachment,
      ),
    )
    expect(await imported.article()).toMatchObject({
      pictures: [{ url: 'https://notes.example/crane.jpg', alt: 'A crane', caption: 'At dawn' }],
      recordings: [{ url: 'https://notes.example/1.mp3', type: 'audio/mpeg', length: 12345 }],
    })
    expect(imported.account.unplaced).toEqual({ 'wp:postmeta _yoast_wpseo_title': 1 })
  })
})

describe('what is not to be seen is a draft, and what is to come stays scheduled', () => {
  it.each([
    ['draft', '<wp:status>draft</wp:status>', true],
    ['pending', '<wp:status>pending</wp:status>', true],
    ['private', '<wp:status>private</wp:status>', true],
    ['password', '<wp:post_password>x</wp:post_password>', true],
    ['published', '<wp:status>publish</wp:status>', false],
    ['future', '<wp:status>future</wp:status>', false],
    ['none', '', false],
    ['of a plugin', '<wp:status>pitch</wp:status>', true],
  ])('%s', async (_, inner, draft) => {
    expect(await (await importing(wxr(post(inner)))).article()).toMatchObject({ draft })
  })

  it.each([
    ['pitch', ['2026-02-09-a-post.md: Its status was “pitch”, and it is a draft here.']],
    ['draft', []],
  ])(
    'which is told where its status is not one of WordPress itself: %s',
    async (status, remarks) => {
      const { account } = await importing(wxr(post(`<wp:status>${status}</wp:status>`)))
      expect(account.remarks).toEqual(remarks)
    },
  )
})

it('what is no post is counted by its kind', async () => {
  const kind = (type: string, status = 'publish') =>
    `<item><title>x</title><wp:post_type>${type}</wp:post_type><wp:status>${status}</wp:status></item>`
  const imported = await importing(
    wxr(
      kind('page') +
        kind('page') +
        kind('nav_menu_item') +
        kind('revision', 'inherit') +
        kind('post', 'trash') +
        post('<wp:comment><wp:comment_id>1</wp:comment_id></wp:comment>'),
    ),
  )
  expect(imported.account.skipped).toEqual({
    comment: 1,
    nav_menu_item: 1,
    page: 2,
    'post in trash': 1,
    revision: 1,
  })
  expect(imported.files).toHaveLength(1)
})

describe('a body', () => {
  const FIGURE = '<figure><img src="https://n.example/a.jpg" alt="A">'
  it.each([
    ['blank lines end paragraphs', 'One\ntwo\n\nThree', 'One\\\ntwo\n\nThree'],
    ['elements stand between paragraphs', 'One\n<h2>Two</h2>\nThree', 'One\n\n## Two\n\nThree'],
    ['blank lines in a quote', '<blockquote>One\n\nTwo</blockquote>', '> One\n>\n> Two'],
    ['words go on in inline elements', 'A <b>bold</b> word\n\nNext', 'A **bold** word\n\nNext'],
    [
      'block comments go',
      '<!-- wp:paragraph -->\n<p>One\ntwo</p>\n<!-- /wp:paragraph -->',
      'One two',
    ],
    [
      'a caption',
      '[caption id="a" width="6"]<img src="https://n.example/a.jpg" alt="A" /> At <em>dawn</em>[/caption]',
      `${FIGURE}<figcaption>At <em>dawn</em></figcaption></figure>`,
    ],
    ['an embed', '[embed]https://v.example/1?a&amp;b[/embed]', '<https://v.example/1?a&b>'],
    [
      'an address alone on its line',
      'One\nhttps://v.example/1\ntwo',
      'One\n\n<https://v.example/1>\n\ntwo',
    ],
    [
      'an embed that is a block',
      '<!-- wp:embed -->\n<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://v.example/1?a&amp;b\n</div></figure>\n<!-- /wp:embed -->',
      '<https://v.example/1?a&b>',
    ],
    [
      'a player',
      '[audio mp3="https://n.example/a.mp3"]',
      '<p><audio controls src="https://n.example/a.mp3"></audio></p>',
    ],
    ['a shortcode of a plugin goes', 'One [form id="3" title="x"] two', 'One  two'],
    ['the words in one stay', '[box]One **two**[/box]', 'One \\*\\*two\\*\\*'],
    ['brackets of the author stay', 'He said [sic] so [1]', 'He said \\[sic] so \\[1]'],
    ['an escaped shortcode', 'Write [[gallery]]', 'Write \\[gallery]'],
    [
      'a frame is a link',
      '<iframe src="https://m.example/1"></iframe>',
      '[m.example](https://m.example/1)',
    ],
    ['a list', '<ul>\n<li>one</li>\n<li>two</li>\n</ul>', '- one\n- two'],
  ])('%s', async (_, source, markdown) => {
    const imported = await importing(wxr(post('', source)))
    expect(bodyOf(await imported.text()).replace(/ +/g, ' ')).toBe(markdown.replace(/ +/g, ' '))
  })

  const attachment = (id: number, inner = '', ending = 'jpg') =>
    `<item><wp:post_id>${id}</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://n.example/${id}.${ending}</wp:attachment_url>${inner}</item>`
  it('shows a gallery of attachments that stand behind it', async () => {
    const imported = await importing(
      wxr(post('', '[gallery ids="7, 8,9"]') + attachment(7) + attachment(8)),
    )
    expect(bodyOf(await imported.text())).toBe(
      '![](https://n.example/7.jpg)\n\n![](https://n.example/8.jpg)',
    )
  })

  it.each([
    ['[gallery]', [8, 7]],
    ['[gallery columns="2" exclude="8"]', [7]],
    ['[gallery id="3"]', [6]],
  ])('shows the pictures that were added to a post: %s', async (gallery, ids) => {
    const added = (post: number, order: number) =>
      `<wp:post_parent>${post}</wp:post_parent><wp:menu_order>${order}</wp:menu_order>`
    const attachments = [
      attachment(5, added(1, 0), 'pdf'),
      attachment(6, added(3, 0)),
      attachment(7, added(1, 2)),
      attachment(8, added(1, 1)),
    ]
    const own = post('<wp:post_id>1</wp:post_id>', gallery)
    const imported = await importing(wxr(own + attachments.join('')))
    expect(bodyOf(await imported.text())).toBe(
      ids.map((id) => `![](https://n.example/${id}.jpg)`).join('\n\n'),
    )
  })

  it('what could not be shown is counted', async () => {
    const { account } = await importing(
      wxr(post('', '[form id="3"] [form id="4"] [gallery] <form><input></form>')),
    )
    expect(account.unplaced).toEqual({
      '<form>': 1,
      'shortcode [form]': 2,
      'shortcode [gallery]': 1,
    })
  })

  it('what a block shows that holds nothing is counted', async () => {
    const { account } = await importing(
      wxr(
        post(
          '',
          '<!-- wp:paragraph --><p>One</p><!-- /wp:paragraph --><!-- wp:block {"ref":5} /-->',
        ),
      ),
    )
    expect(account.unplaced).toEqual({ '<!-- wp:block -->': 1 })
  })

  it('what stands before <!--more--> is the summary where there is no excerpt', async () => {
    const body =
      '[caption]<img src="https://n.example/a.jpg"> Dawn[/caption]First.<!--more-->Second.'
    expect((await (await importing(wxr(post('', body)))).article()).summary).toBe('Dawn\nFirst.')
    const told = '<excerpt:encoded><![CDATA[<p>Told &amp; done</p>]]></excerpt:encoded>'
    expect((await (await importing(wxr(post(told, body)))).article()).summary).toBe('Told & done')
  })
})
