// The addresses that a hub may have: those of the public internet, checked when the connection is made.
import { type LookupAddress, type LookupOptions, lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** IANA's registry of special-purpose IPv4 addresses (RFC 6890), and multicast and reserved ones. */
const SPECIAL_IPV4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
/** The exceptions within global unicast: Teredo and other protocols, documentation, 6to4. */
const SPECIAL_IPV6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const special = new BlockList()
for (const [net, prefix] of SPECIAL_IPV4) special.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of SPECIAL_IPV6) special.addSubnet(net, prefix, 'ipv6')
const unicast = new BlockList()
unicast.addSubnet('2000::', 3, 'ipv6')

/**
 * Whether an IP address is one of the public internet. Of IPv6 only those in 2000::/3 can be, so none that carries an IPv4
 * address (mapped, compatible, NAT64).
 */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address)
  if (version === 4) return !special.check(address, 'ipv4')
  return version === 6 && unicast.check(address, 'ipv6') && !special.check(address, 'ipv6')
}

/** A host without an address of the public internet. */
export class NotPublic extends Error {
  constructor(host: string, addresses: readonly string[]) {
    const found = addresses.join(', ')
    super(
      found === host
        ? `${host} is no address of the public internet`
        : `${host} leads to ${found}, which is not on the public internet`,
    )
  }
}

type Resolve = (
  host: string,
  options: LookupOptions & { all: true },
  found: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/**
 * A `lookup` for connections that only gives public addresses. The connection uses the very address that was checked, so a name
 * can't lead elsewhere in between.
 */
export function publicLookup(resolve: Resolve = lookup): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const open = addresses?.filter(({ address }) => isPublicAddress(address)) ?? []
      const [first] = open
      if (error !== null) done(error, '')
      else if (first === undefined)
        done(
          new NotPublic(
            host,
            addresses.map(({ address }) => address),
          ),
          '',
        )
      else if (options.all === true) done(null, open)
      else done(null, first.address, first.family)
    })
  }
}

/** @throws NotPublic where the URL's host is itself an address that isn't public: for addresses no `lookup` is asked. */
export function checkLiteral({ hostname }: URL): void {
  const address = hostname.replace(/^\[(.*)\]$/, '$1')
  if (isIP(address) !== 0 && !isPublicAddress(address)) throw new NotPublic(address, [address])
}
