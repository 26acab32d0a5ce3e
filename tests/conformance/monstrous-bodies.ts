// Bodies that try to exhaust whoever reads them, by what they do it with.

export const MONSTROUS: Readonly<Record<string, () => string>> = {
  '900 kB of <b>': () => '<b>'.repeat(300_000),
  '900 kB of paragraphs': () => '<p>'.repeat(300_000),
  'as many cells': () => `<table>${'<tr><td>'.repeat(110_000)}`,
  'elements that each block below repeats': () =>
    `<p>${elements('b', 300)}</p>${'<p>x</p>'.repeat(2_000)}`,
  'elements whose long attributes each block repeats': () =>
    `<p><a title="${'x'.repeat(100_000)}"></p>${'<p>x</p>'.repeat(5_000)}`,
  'fonts that no paragraph ends': () => elements('font', 390).replaceAll('<font', '<p><font'),
  'open links': () => '<a href=x>'.repeat(10_000),
  'links in links': () => '<a><div>'.repeat(390) + '</a>'.repeat(100_000),
  'elements before a table': () => `<table>${'<b></b>'.repeat(15_000)}`,
  'nested levels that an end tag only seems to close': () =>
    '<b title=1><table><td></b></td></tr></table>'.repeat(20_000),
  'attributes by the 100,000': () =>
    `<p ${Array.from({ length: 50_000 }, (_, at) => `a${at}`).join(' ')}>`,
  'classes of code around everything': () =>
    `${'<div class="language-x">'.repeat(390)}${'<pre>x</pre>'.repeat(40_000)}`,
  'placeholders beside scripts': () =>
    '<div><noscript><img src=x alt=x></noscript>'.repeat(390) + '<i>x</i>'.repeat(80_000),
  'plug-ins in plug-ins': () => '<object data=x>'.repeat(390) + '<i>x</i>'.repeat(80_000),
  'headings around everything': () => '<h1><div>'.repeat(190) + 'x '.repeat(400_000),
  'headings that are all called the same': () => '<h2>x</h2>'.repeat(8_000),
  'links to every one of many ids': () =>
    Array.from({ length: 6_000 }, (_, at) => `<i id=x${at}></i><a href="#x${at}">`).join('</a>'),
  'pictures that nobody sees': () => '<img src=x width=1>'.repeat(20_000),
  'candidates of one picture': () => `<img srcset="${'ab 1x,'.repeat(50_000)}">`,
  'marks of a summary’s end': () => '<!--more-->'.repeat(90_000),
  'line numbers in tables in tables': () =>
    '<table><tr><td class=gutter><td><pre>'.repeat(90) + '<i>x</i>'.repeat(80_000),
  'Markdown: footnotes': () =>
    Array.from({ length: 30_000 }, (_, at) => `[^${at}]\n\n[^${at}]: b\n\n`).join(''),
  'Markdown: footnotes of a long body': () =>
    `${Array.from({ length: 900 }, (_, at) => `[^${at}]\n\n[^${at}]: b\n\n`).join('')}${'x\n\n'.repeat(90_000)}`,
  'Markdown: one footnote, named everywhere': () => `[^a]: b\n\n${'[^a]'.repeat(5_000)}`,
  'Markdown: addresses without a scheme': () => 'www.'.repeat(240_000),
  'Markdown: addresses one after the other': () => 'www.a.example '.repeat(8_000),
  'Markdown: alerts in alerts': () => `${'> [!NOTE]\n'.repeat(20_000)}`,
  'Markdown: notes': () => ':::tip\n:::\n'.repeat(4_000),
  'Markdown: notes that nothing ends': () => `${':::tip\n'.repeat(60_000)}:::\n`,
  'Markdown: notes in notes': () =>
    Array.from({ length: 400 }, (_, at) => `${':'.repeat(403 - at)}tip\n`).join('') +
    Array.from({ length: 400 }, (_, at) => `${':'.repeat(at + 4)}\n`).join(''),
  'Markdown: tasks': () => '- [ ] x\n'.repeat(8_000),
  'Markdown: elements in elements': () => '<span>'.repeat(100_000),
  'Markdown: open brackets': () => '['.repeat(200_000),
  'Markdown: stars': () => '*a '.repeat(80_000),
}

/** So many start tags, no two of them alike, so that a parser keeps each open. */
function elements(name: string, count: number): string {
  return Array.from({ length: count }, (_, at) => `<${name} title=${at}>`).join('')
}
