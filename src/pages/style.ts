// The stylesheet of the pages: quiet type for long reading, light and dark, narrow and wide.
export const STYLE = `:root {
  color-scheme: light dark;
  --ink: light-dark(#1c1c1a, #e6e4de);
  --quiet: light-dark(#5c5a54, #a8a59c);
  --paper: light-dark(#fdfcf9, #171716);
  --line: light-dark(#dcd8cd, #3a3935);
  --link: light-dark(#8a1c1c, #f0a29a);
}
* { box-sizing: border-box }
body {
  margin: 0 auto;
  max-width: 44rem;
  padding: 0 1.25rem 4rem;
  background: var(--paper);
  color: var(--ink);
  font: 1.0625rem/1.7 Georgia, "Noto Serif", "Noto Serif CJK SC", "Songti SC", SimSun, serif;
  overflow-wrap: break-word;
}
:lang(zh) { line-height: 1.9 }
:lang(zh-Hant) { font-family: Georgia, "Noto Serif CJK TC", "Songti TC", PMingLiU, serif }
a { color: var(--link); text-underline-offset: .15em }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px }
.masthead { border-bottom: 3px double var(--line); padding: 1.5rem 0 1rem; font-size: 1.25rem; font-weight: bold }
.masthead a { color: inherit; text-decoration: none }
h1 { font-size: 1.9rem; line-height: 1.3; margin: 1.5rem 0 .75rem }
h2 { border-bottom: 1px solid var(--line); margin-top: 2.5rem; font-size: 1.35rem }
h3 { margin: 1.5rem 0 .25rem; font-size: 1.1rem }
p { margin: .5rem 0 1rem }
.byline, .path, .rights, figcaption, small, footer { color: var(--quiet); font-size: .875rem }
.entries, .terms { list-style: none; padding: 0 }
.entries > li { margin-bottom: 1.75rem }
.entries h3 a { color: inherit }
.terms li { padding: .2rem 0 }
.depth-2 { margin-left: 1.5rem }
.depth-3 { margin-left: 3rem }
.depth-4, .depth-5, .depth-6 { margin-left: 4.5rem }
.formats { white-space: nowrap; font-size: .875rem }
.formats a { margin-left: .6rem }
img, video { max-width: 100%; height: auto }
audio { width: 100% }
figure { margin: 1.5rem 0 }
pre { overflow-x: auto; padding: .75rem 1rem; border: 1px solid var(--line) }
table { border-collapse: collapse; display: block; overflow-x: auto }
td, th { border: 1px solid var(--line); padding: .25rem .6rem }
blockquote { margin: 1rem 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--quiet) }
footer { border-top: 1px solid var(--line); margin-top: 4rem; padding-top: 1rem }
@media print { .formats, footer { display: none } }
`
