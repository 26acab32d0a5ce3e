// Bodies that try to run or to lead astray: what every kind of test of cleaning is given.
import { HOSTILE_LINES } from './hostile-lines.ts'

const BODIES: Readonly<Record<string, string>> = {
  // Scripts that a second reading finds.
  'a script in an attribute of a raw text element':
    '<noembed><a title="</noembed><script>alert(1)</script>">x</a></noembed>',
  'a script after a comment that HTML and XML end differently':
    '<!-- > <script>alert(1)</script> -->x',
  'a script after a comment that ends at once': '<!--><script>alert(1)</script>-->',
  'a script after a comment with a dash': '<!---><script>alert(1)</script>-->',
  'a script inside a bogus comment': '<!x><script>alert(1)</script>',
  'a script in a processing instruction': '<?x ><script>alert(1)</script>?>',
  'a script in a CDATA section of SVG': '<svg><![CDATA[<script>alert(1)</script>]]></svg>',
  'a script after a CDATA section that is none': '<div><![CDATA[</div><script>alert(1)</script>]]>',
  'a script in a script’s double escape':
    '<script><!--<script></script>--></script><img src=x onerror=alert(1)>',
  'a script that is never ended': '<p>Text<script>alert(1)//',
  'a script in an iframe’s text': '<iframe><script>alert(1)</script></iframe>',
  'a script that ends an iframe’s text':
    '<iframe><p title="</iframe><script>alert(1)</script>"></iframe>',
  'a script in a template in a template':
    '<template><template><script>alert(1)</script></template></template>',
  'a script in a shadow root':
    '<div><template shadowrootmode=open><script>alert(1)</script></template></div>',
  'a script in a select that newer browsers read otherwise':
    '<select><button><div><img src=x onerror=alert(1)></div></button></select>',
  'a script in an option': '<select><option><img src=x onerror=alert(1)></option></select>',
  'a script in a table where only rows may be':
    '<table><script>alert(1)</script><tr><td>x</td></tr></table>',
  'a script in a column group':
    '<table><colgroup><template><img src=x onerror=alert(1)></template></colgroup></table>',
  'a script in a frameset':
    '</body><frameset onload=alert(1)><frame src="javascript:alert(1)"></frameset>',
  'a module from a data address':
    '<script type=module src="data:text/javascript,alert(1)"></script>',
  'a script as a preload':
    '<link rel=modulepreload href="data:text/javascript,alert(1)" onload=alert(1)>',
  'an import map':
    '<script type=importmap>{"imports":{"x":"data:text/javascript,alert(1)"}}</script>',
  // Mutation: what is harmless when it is read first, and isn't when it is written and read again.
  'mutation by a style in MathML':
    '<math><mtext><table><mglyph><style><math><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
  'mutation by a style in MathML, in a form':
    '<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=alert(1) src>">',
  'mutation by malignmark':
    '<math><mtext><mglyph><malignmark><style><!--</style><img src=x onerror=alert(1)>--></style></malignmark></mglyph></mtext></math>',
  'mutation by a title in SVG':
    '<svg><title><style><img src="</style><img src=x onerror=alert(1)>"></style></title></svg>',
  'mutation by a style in a foreignObject':
    '<svg><foreignObject><style><!--</style><img src=x onerror=alert(1)>--></foreignObject></svg>',
  'mutation by annotation-xml':
    '<math><annotation-xml encoding="text/html"><style><img src="</style><img src=x onerror=alert(1)>"></annotation-xml></math>',
  'mutation by annotation-xml in capitals':
    '<math><annotation-xml encoding="APPLICATION/xhtml+xml"><script>alert(1)</script></annotation-xml></math>',
  'mutation by a textarea in SVG':
    '<svg><textarea><img src="</textarea><img src=x onerror=alert(1)>"></textarea></svg>',
  'mutation by a noscript in SVG':
    '<svg><noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript></svg>',
  'mutation by an xmp in SVG':
    '<svg><xmp><p title="</xmp><img src=x onerror=alert(1)>"></xmp></svg>',
  'mutation by a plaintext in MathML':
    '<math><mi><plaintext></mi></math><img src=x onerror=alert(1)>',
  'mutation by paragraphs in a button':
    '<p><button><p><img src=x onerror=alert(1)></button><p title="</p><img src=x onerror=alert(1)>">x',
  'mutation by links in links':
    '<a href="/1"><table><a href="/2" title="</a><img src=x onerror=alert(1)>">x</a></table></a>',
  'mutation by nested forms':
    '<form><div></form><form><style></form><p title="</style><img src=x onerror=alert(1)>"></p></style></form>',
  'mutation by a line feed at the beginning':
    '<textarea>\n\n</textarea><pre>\n<img src=x onerror=alert(1)></pre>',
  'mutation by formatting without end':
    '<b><i><u><b><i><u><p>x</b></i></u><img src=x onerror=alert(1)></p>',
  'mutation by tables in tables':
    '<table><tr><td><table><a href=x title="</table><img src=x onerror=alert(1)>"></table></table>',
  'mutation by captions':
    '<table><caption><svg></caption><style><p title="</style><img src=x onerror=alert(1)>"></table>',
  'mutation by backticks in attributes': '<img alt="``onerror=alert(1)" src="/x.png">',
  'mutation by entities without end':
    '<img alt="&quot&gt&lt;img src=x onerror=alert(1)&gt" src="/x.png">',
  'mutation by entities written twice':
    '<p title="&amp;quot;&amp;gt;&amp;lt;img src=x onerror=alert(1)&amp;gt;">x</p>',
  'mutation by a NUL': '<img src=x on\u0000error=alert(1)><scr\u0000ipt>alert(1)</scr\u0000ipt>',
  'mutation by what XML can’t carry':
    '<scr\u0007ipt>alert(1)</scr\u0007ipt><img sr\uFFFEc=x oner\uFFFEror=alert(1)>',
  'mutation by lone surrogates':
    '<img src=x o\uD800nerror=alert(1)>\uDFFF<script\uD800>alert(1)</script>',
  // Addresses in disguise.
  'an address with soft hyphens': '<a href="java\u00ADscript:alert(1)">x</a>',
  'an address with a mark of direction': '<a href="\u202Ejavascript:alert(1)">x</a>',
  'an address with white space of other kinds': '<a href="\u00A0\u2003javascript:alert(1)">x</a>',
  'an address with every control character':
    '<a href="\u0001\u0002\u001F\u0020java\u000As\u000Dc\u0009ript:alert(1)">x</a>',
  'an address in full-width letters': '<a href="ｊａｖａｓｃｒｉｐｔ：alert(1)">x</a>',
  'an address behind another scheme':
    '<a href="view-source:javascript:alert(1)">x</a><a href="jar:javascript:alert(1)">y</a>',
  'an address with slashes': '<a href="javascript://portal.example/%0Aalert(1)">x</a>',
  'an address with a named character': '<a href="javascript&colon;&lpar;alert(1)&rpar;">x</a>',
  'an address with numbers in all lengths':
    '<a href="&#x0000000000006Aavascript&#0000000000058;alert(1)">x</a>',
  'an address relative to a hostile base':
    '<base href="javascript:/a/"><a href="../alert(1)">x</a><img src="//x">',
  'an address in an area':
    '<img src="/x.png" usemap="#m"><map name=m><area href="javascript:alert(1)" shape=default></map>',
  'an address in a form':
    '<form id=f action="javascript:alert(1)"><input type=submit></form><button form=f formaction="javascript:alert(1)">x</button>',
  'an address in a lazy attribute':
    '<img data-src="javascript:alert(1)"><iframe data-src="javascript:alert(1)"></iframe>',
  'an address in lazy candidates':
    '<img data-srcset="javascript:alert(1) 1x, data:text/html,x 2x" src="/x.png">',
  'an address in a plug-in’s parameter':
    '<object><param name=movie value="javascript:alert(1)"></object><object data="data:text/html,<script>alert(1)</script>"></object>',
  'an address in a frame’s title':
    '<iframe src="https://www.youtube.com/embed/abcdefghijk" title="&quot;><img src=x onerror=alert(1)>"></iframe>',
  'an address in a player’s parameters':
    "<iframe src='https://player.vimeo.com/video/1?h=\"><img src=x onerror=alert(1)>'></iframe>",
  'an address in a frame’s document':
    '<iframe srcdoc="&lt;script&gt;parent.alert(1)&lt;/script&gt;" src="//portal.example/"></iframe>',
  'an address of a blob, a file system and an app':
    '<a href="blob:null/1">x</a><a href="filesystem:http://a/">y</a><a href="intent://a#Intent;end">z</a>',
  'an address in an SVG picture':
    '<svg><image href="data:image/svg+xml,x" onload=alert(1) /><feImage href="x" onerror=alert(1) /></svg>',
  'an address set by SVG':
    '<svg><a><animate attributeName=href to="javascript:alert(1)" begin=0s /><text y=20>x</text></a></svg>',
  'an address in a MathML link':
    '<math><mrow xlink:type=simple xlink:href="javascript:alert(1)">x</mrow></math>',
  // Handlers and styles.
  'a handler at once':
    '<svg/onload=alert(1)><body onpageshow=alert(1)><style onload=alert(1)></style>',
  'a handler when it gets the focus':
    '<a id=x tabindex=1 onfocus=alert(1) autofocus href="#x">x</a><input autofocus onfocus=alert(1)>',
  'a handler when an animation begins':
    '<style>@keyframes k{}</style><p style="animation:k 1s" onanimationstart=alert(1)>x</p>',
  'a handler when something is shown':
    '<details open ontoggle=alert(1)><summary>x</summary>y</details><div popover id=p onbeforetoggle=alert(1)>z</div>',
  'a handler of a media element':
    '<video autoplay onloadstart=alert(1) onerror=alert(1) src=x></video><audio src=x onerror=alert(1)></audio>',
  'a handler whose attribute has no end': '<p title="x"onmouseover="alert(1)"/onclick=alert(1) x="',
  'a handler behind a slash': '<img/src/onerror=alert(1)><p/onmouseover=alert(1)/>x',
  'a handler behind a form feed': '<img\u000Csrc=x\u000Conerror=alert(1)>',
  'a handler at the end of the source': 'x<img src=x onerror=alert(1) ',
  'a handler in a tag that is half open': '<p>x<img src=x onerror=alert(1)<p>y',
  'a handler in a tag inside a tag': '<<img src=x onerror=alert(1)>img src=x onerror=alert(1)>',
  'a handler in an end tag': '</p onclick=alert(1)></img src=x onerror=alert(1)>x',
  'a style that covers the page':
    '<div style="position:fixed;inset:0;z-index:9999;background:#fff">x</div><style>*{display:none}</style>',
  'a style that asks another host':
    '<p style="background:url(//evil.example/x.png)">x</p><style>@import url(//evil.example/x.css);</style>',
  'a style in a link':
    '<link rel=stylesheet href="data:text/css,*{display:none}"><link rel=prefetch href="//evil.example/x">',
  // What would speak for the page, or take the place of what is in it.
  'a page that refreshes itself':
    '<meta http-equiv=refresh content="0;url=data:text/html,<script>alert(1)</script>"><meta http-equiv=Content-Security-Policy content="">',
  'names of the document’s properties':
    '<img name=cookie src="/x.png"><form name=body><input name=firstChild></form><a id=x name=x href="#x">x</a>',
  'ids of the object’s prototype':
    '<h2 id=__proto__>a</h2><h2 id=constructor>b</h2><a href="#__proto__">x</a>',
  'ids of the page': '<h2 id=page-feeds>a</h2><p id=page-newest>b</p><a href="#page-newest">x</a>',
  'an id with markup':
    '<h2 id="&quot;><img src=x onerror=alert(1)>">a</h2><h3>&quot;&gt;&lt;img src=x onerror=alert(1)&gt;</h3>',
  'an opener that is kept':
    '<a href="https://evil.example/" target=_blank rel=opener>x</a><a href="/x" download ping="//evil.example/">y</a>',
  // Markdown that makes HTML of what was none.
  'Markdown: a link’s title': '[x](/y "\\"><img src=x onerror=alert(1)>")',
  'Markdown: a language of code': '```"><img/src=x/onerror=alert(1)>\nx\n```',
  'Markdown: a footnote’s name':
    'x[^"><img/src=x/onerror=alert(1)>]\n\n[^"><img/src=x/onerror=alert(1)>]: <img src=x onerror=alert(1)>',
  'Markdown: an alert': '> [!NOTE]<img src=x onerror=alert(1)>\n> <script>alert(1)</script>',
  'Markdown: a task': '- [x] <img src=x onerror=alert(1)>\n- [ ] <script>alert(1)</script>',
  'Markdown: a bare address':
    'http://x.example/"onmouseover=alert(1)// www.x.example/<img/src=x/onerror=alert(1)>',
  'Markdown: an address with entities':
    '[x](&#106;avascript&colon;alert(1)) <javascript&#58;alert(1)>',
  'Markdown: a reference': '[x][y]\n\n[y]: javascript&#x3A;alert(1) "<img src=x onerror=alert(1)>"',
  'Markdown: HTML across its blocks': '<div title="\n\n"><img src=x onerror=alert(1)>\n\n">',
  'Markdown: a table’s cell': '| a |\n| - |\n| `|<img src=x onerror=alert(1)>` |',
  'a comment that ends the summary with more':
    '<!-- more --!><img src=x onerror=alert(1)> --><more mark onclick=alert(1)>x</more mark>',
  // Depth.
  '200 levels, each unlike the last': Array.from(
    { length: 200 },
    (_, at) => `<${['div', 'b', 'span', 'section', 'em'][at % 5]} onclick=alert(${at})>`,
  ).join(''),
  '90 levels of tables': `${'<table><tr><td>'.repeat(90)}<img src=x onerror=alert(1)>`,
  '200 levels of tables': `${'<table><tr><td>'.repeat(200)}<img src=x onerror=alert(1)>`,
  '200 levels of SVG and HTML by turns': `${'<svg><foreignObject><div>'.repeat(200)}<img src=x onerror=alert(1)>`,
  '200 quotations in Markdown': `${'> '.repeat(200)}<img src=x onerror=alert(1)>`,
}

/** What calls `alert` if anything runs, by what it tries; harmless where it is cleaned. */
export const HOSTILE: readonly (readonly [name: string, source: string])[] = [
  ...HOSTILE_LINES,
  ...Object.entries(BODIES),
]
