// Hubs are told at public addresses alone, however an address is written, and whatever a name turns out to mean.
import type { LookupAddress } from 'node:dns'
import { describe, expect, it } from 'vitest'
import {
  checkLiteral,
  isPublicAddress,
  NotPublic,
  publicLookup,
} from '../../../src/websub/public-address.ts'

const PRIVATE = {
  loopback: ['127.0.0.1', '127.255.255.254', '::1'],
  'this network': ['0.0.0.0', '0.1.2.3', '::'],
  'private networks': [
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    'fc00::1',
    'fd12::1',
  ],
  'link-local addresses': ['169.254.169.254', 'fe80::1', 'fe80::1%eth0'],
  'carrier-grade NAT': ['100.64.0.1', '100.127.255.255'],
  multicast: ['224.0.0.1', '239.255.255.255', 'ff02::1'],
  'reserved addresses': [
    '240.0.0.1',
    '255.255.255.255',
    '192.0.0.8',
    '198.18.0.1',
    '4000::1',
    'fec0::1',
  ],
  documentation: ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
  'IPv4-mapped and IPv4-compatible': [
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:8.8.8.8',
    '::127.0.0.1',
  ],
  NAT64: ['64:ff9b::7f00:1', '64:ff9b::808:808', '64:ff9b:1::1'],
  '6to4 and Teredo': ['192.88.99.1', '2002:7f00:1::', '2001:0:4136:e378::1'],
  'what is no address': ['', 'localhost', '1.2.3', '127.1'],
}
const PUBLIC = [
  ...['8.8.8.8', '172.15.255.255', '172.32.0.1', '100.63.255.255', '100.128.0.1'],
  ...['2001:4860:4860::8888', '2a00:1450::1'],
]

describe.each(Object.entries(PRIVATE))('refused as %s', (_, addresses) => {
  it.each(addresses)('%s', (address) => expect(isPublicAddress(address)).toBe(false))
})

it.each(PUBLIC)('%s is public', (address) => expect(isPublicAddress(address)).toBe(true))

describe('a URL whose host is an address is refused in every spelling', () => {
  it.each([
    ...['http://127.0.0.1/', 'http://127.1/', 'http://2130706433/', 'http://0x7f000001/'],
    ...['http://0177.0.0.1/', 'http://[::1]/', 'http://[::ffff:127.0.0.1]/'],
    'http://１２７.０.０.１/',
    ...['http://127.0.0.1./', 'https://user@169.254.169.254/latest'],
  ])('%s', (url) => expect(() => checkLiteral(new URL(url))).toThrow(NotPublic))

  it.each(['https://8.8.8.8/', 'https://hub.example/', 'https://[2001:4860:4860::8888]/'])(
    'but %s is not',
    (url) => expect(() => checkLiteral(new URL(url))).not.toThrow(),
  )
})

describe('a name', () => {
  const resolving = (...addresses: string[]) =>
    publicLookup((_host, _options, found) =>
      found(
        null,
        addresses.map(
          (address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }),
        ),
      ),
    )
  const ask = (lookup: ReturnType<typeof publicLookup>, all: boolean) =>
    new Promise((resolve) =>
      lookup('hub.example', { all }, (error, address, family) =>
        resolve(error ?? [address, family]),
      ),
    )

  it.each([true, false])('that leads to private addresses leads nowhere (all: %s)', async (all) => {
    const answer = await ask(resolving('10.0.0.1', '::1'), all)
    expect(answer).toBeInstanceOf(NotPublic)
    expect((answer as Error).message).toContain('hub.example leads to 10.0.0.1, ::1')
  })

  it('that leads to both is reached at the public ones', async () => {
    const lookup = resolving('10.0.0.1', '8.8.8.8', '2a00:1450::1')
    expect(await ask(lookup, true)).toEqual([
      [
        { address: '8.8.8.8', family: 4 },
        { address: '2a00:1450::1', family: 6 },
      ],
      undefined,
    ])
    expect(await ask(lookup, false)).toEqual(['8.8.8.8', 4])
  })

  it('that leads nowhere says so', async () => {
    const failing = publicLookup((_host, _options, found) => found(new Error('ENOTFOUND'), []))
    expect(await ask(failing, true)).toEqual(new Error('ENOTFOUND'))
  })
})
