// Bounded caches: never worth more than their bound, and what is asked for again stays whatever else is asked for once.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundedCache, provenCache } from '../../../src/publishing/bounded-cache.ts'

const MAKE = { boundedCache, provenCache }
const BOUND = 1_000

describe.each(Object.entries(MAKE))('%s', (_, make) => {
  it('is never worth more than its bound, and gives what was put in last or nothing', () => {
    const steps = fc.array(
      fc.record({ key: fc.nat(20).map(String), bytes: fc.nat(120), isGet: fc.boolean() }),
      { maxLength: 300 },
    )
    fc.assert(
      fc.property(steps, (all) => {
        const cache = make<number>(BOUND)
        const put = new Map<string, { value: number; bytes: number }>()
        all.forEach(({ key, bytes, isGet }, value) => {
          if (isGet) {
            const found = cache.get(key)
            if (found !== undefined) expect(found).toBe(put.get(key)?.value)
            return
          }
          cache.set(key, value, bytes)
          put.set(key, { value, bytes })
        })
        const held = [...put].filter(([key, { value }]) => cache.get(key) === value)
        expect(held.reduce((sum, [, { bytes }]) => sum + bytes, 0)).toBeLessThanOrEqual(BOUND)
      }),
    )
  })

  it('forgets what is taken out', () => {
    const cache = make<string>(BOUND)
    cache.set('a', 'A', 1)
    cache.get('a')
    cache.drop('a')
    expect(cache.get('a')).toBeUndefined()
  })

  it('keeps nothing that would be most of it', () => {
    const cache = make<string>(BOUND)
    cache.set('a', 'A', BOUND)
    expect(cache.get('a')).toBeUndefined()
  })
})

it('what was used longest ago goes first', () => {
  const cache = boundedCache<string>(BOUND)
  for (const key of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']) cache.set(key, key, 100)
  cache.get('a')
  cache.set('k', 'k', 100)
  expect([cache.get('a'), cache.get('b')]).toEqual(['a', undefined])
})

it('what was asked for twice outlives any number of things that are asked for once', () => {
  const cache = provenCache<string>(BOUND)
  cache.set('popular', 'P', 50)
  expect(cache.get('popular')).toBe('P')
  for (let one = 0; one < 10_000; one++) {
    expect(cache.get(`odd ${one}`)).toBeUndefined()
    cache.set(`odd ${one}`, 'O', 50)
  }
  expect(cache.get('popular')).toBe('P')
  cache.set('popular', 'P2', 50)
  expect(cache.get('popular')).toBe('P2')
})
