// Searches under way: whoever waits for words delays nobody, and there are never too many of them.
import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openCatalog } from '../../../src/domain/catalog.ts'
import { foundBefore } from '../../../src/domain/search.ts'
import { createSearches } from '../../../src/publishing/searches.ts'
import { article, publication } from '../support/publication.ts'

const NOW = Date.UTC(2026, 2, 9)

/** Each text takes some time to come. */
function slowCatalog(count: number, took: () => void) {
  const articles = Array.from({ length: count }, (_, at) =>
    Object.defineProperty(article({ slug: `a${at}`, published: NOW - at - 1 }), 'text', {
      get() {
        const until = performance.now() + 2
        while (performance.now() < until);
        took()
        return 'the crane'
      },
    }),
  )
  return openCatalog(publication(), articles, NOW)
}

it('others have their turn while texts are looked through', async () => {
  let looked = 0
  const catalog = slowCatalog(60, () => looked++)
  const { look } = createSearches()
  const searching = look(() => catalog, ['crane'])
  const seen: number[] = []
  let isDone = false
  searching.finally(() => {
    isDone = true
  })
  while (!isDone) {
    await setImmediate()
    seen.push(looked)
  }
  expect(await searching).toBe('found')
  expect(new Set(seen).size).toBeGreaterThan(5)
  expect(foundBefore(catalog, ['crane'])?.count).toBe(60)
})

it('who asks for the same waits for the same search', async () => {
  let looked = 0
  const catalog = slowCatalog(20, () => looked++)
  const { look } = createSearches()
  const answers = await Promise.all([1, 2, 3].map(() => look(() => catalog, ['crane'])))
  expect(answers).toEqual(['found', 'found', 'found'])
  expect(looked).toBe(20)
})

it('of more searches than may wait, the last are told so', async () => {
  const catalog = slowCatalog(2, () => {})
  const { look } = createSearches()
  const answers = await Promise.all(
    Array.from({ length: 25 }, (_, at) => look(() => catalog, [`word${at}`])),
  )
  expect(answers.filter((answer) => answer === 'busy')).toHaveLength(5)
  expect(await look(() => catalog, ['word24'])).toBe('found')
})

it('one that fails keeps no other from its turn', async () => {
  const broken = slowCatalog(2, () => {
    throw new Error('broken')
  })
  const catalog = slowCatalog(2, () => {})
  const { look } = createSearches()
  const failing = look(() => broken, ['crane'])
  const next = look(() => catalog, ['crane', 'quay'])
  await expect(failing).rejects.toThrow('broken')
  expect(await next).toBe('found')
})

it('who waits while one catalog after the other comes is answered all the same', async () => {
  let came = 0
  const { look } = createSearches()
  const coming = () => {
    if (came++ > 10) throw new Error('it waits for ever')
    return slowCatalog(1, () => {})
  }
  expect(await look(coming, ['crane'])).toBe('found')
})

it('what is found is of the catalog that is current when it is', async () => {
  const first = slowCatalog(10, () => {})
  const second = slowCatalog(12, () => {})
  let current = first
  const { look } = createSearches()
  const searching = look(() => current, ['crane'])
  await setImmediate()
  current = second
  await searching
  expect(foundBefore(second, ['crane'])?.count).toBe(12)
})
