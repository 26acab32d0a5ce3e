// The feed builder: a form that is a feed's address, and beside it what that feed is.
import type { FC } from 'hono/jsx'
import { BUILDER_FOLDER } from '../domain/address.ts'
import type { Catalog } from '../domain/catalog.ts'
import type { Entry } from '../domain/entries.ts'
import type { Feed } from '../domain/feed.ts'
import { Choosing, TermChoices } from './builder-choices.tsx'
import { type BuilderState, isEverything, keptParameters } from './builder-state.ts'
import type { Edition } from './edition.ts'
import { EntryList } from './entry-list.tsx'
import { discoverWithEverything } from './feed-links.tsx'
import { inLanguage } from './in-language.ts'
import { Layout, pathTo } from './layout.tsx'
import { Subscribe } from './subscribe.tsx'

interface BuilderProps {
  readonly edition: Edition
  readonly catalog: Catalog
  readonly state: BuilderState
  readonly feed: Feed
  readonly entries: readonly Entry[]
  readonly count: number
}

const NEWEST = 5
const RESULT = 'page-result'

export const BuilderPage: FC<BuilderProps> = ({
  edition,
  catalog,
  state,
  feed,
  entries,
  count,
}) => {
  const { publication, say } = edition
  const { address } = state
  const builder = publication.base + BUILDER_FOLDER
  return (
    <Layout
      edition={edition}
      title={say('build')}
      canonical={builder}
      unlisted={!isEverything(state)}
      feeds={discoverWithEverything(feed, publication)}
    >
      <header class="head">
        <h1>{say('build')}</h1>
        <p class="about">{say('build.how')}</p>
      </header>
      <div class="columns builder">
        <form
          action={`${pathTo(publication, BUILDER_FOLDER)}#${RESULT}`}
          aria-label={say('build.form')}
          // The address says what is chosen. A browser would restore boxes by position, and chosen ones move up.
          autocomplete="off"
          data-live={RESULT}
          data-failed={say('build.failed')}
        >
          {/* The return key presses the first button of a form; without this it would be one that shows other terms. */}
          <button type="submit" hidden />
          {(['tags', 'sections', 'authors', 'languages'] as const).map((scheme) => (
            <TermChoices edition={edition} catalog={catalog} state={state} scheme={scheme} />
          ))}
          <Choosing name={say('build.words')} isOpen={address.filter.words.length > 0}>
            <p id="page-words-how">{say('build.words.how')}</p>
            <input
              type="search"
              name="q"
              aria-label={say('build.words')}
              aria-describedby="page-words-how"
              value={address.filter.words.join(' ')}
              maxlength={200}
            />
          </Choosing>
          <Choosing name={say('build.extent')} isOpen={address.content !== 'full'}>
            {(['full', 'summary'] as const).map((extent) => (
              <label class="radio">
                <input
                  type="radio"
                  name="content"
                  value={extent}
                  checked={address.content === extent}
                />{' '}
                {say(`build.extent.${extent}`)}
              </label>
            ))}
          </Choosing>
          {keptParameters(address, publication).map(([name, value]) => (
            <label class="radio">
              <input type="checkbox" name={name} value={value} checked /> {name}={value}
            </label>
          ))}
          <p class="go">
            <button type="submit">{say('build.go')}</button>
            <a href={builder}>{say('build.clear')}</a>
          </p>
        </form>
        <section id={RESULT} class="result" aria-labelledby="page-feed" tabindex={-1}>
          <h2 id="page-feed">{say('build.result')}</h2>
          <p class="feed-title" {...inLanguage(publication.language)}>
            {feed.title}
          </p>
          <p role="status" class="count">
            {say('build.matching', { count })}
          </p>
          <Subscribe edition={edition} feed={feed} isBrief />
          <EntryList edition={edition} entries={entries.slice(0, NEWEST)} extent="line" />
        </section>
      </div>
    </Layout>
  )
}
