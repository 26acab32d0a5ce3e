// The network of an address: the part of it that is one reader's own.

/** An address with a port, as some proxies write it: `192.0.2.7:4711`, `[2001:db8::6]:4711`. */
const WITH_PORT = /^(?:\[(?<long>.*)\](?::\d+)?|(?<short>[\d.]+):\d+)$/

/** IPv4 whole; of IPv6 the first 64 bits, since machines change the others daily (RFC 8981). Other text as it is. */
export function networkOf(address: string): string {
  const { long, short } = WITH_PORT.exec(address)?.groups ?? {}
  const [bare = ''] = (long ?? short ?? address).split('%')
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(bare)?.[1]
  if (mapped !== undefined) return mapped
  if (!bare.includes(':')) return bare
  const [before = '', after] = bare.toLowerCase().split('::')
  const groups = before === '' ? [] : before.split(':')
  const tail = after === undefined || after === '' ? [] : after.split(':')
  const zeros = after === undefined ? 0 : Math.max(0, 8 - groups.length - tail.length)
  return [...groups, ...new Array(zeros).fill('0'), ...tail]
    .slice(0, 4)
    .map((group) => group.padStart(4, '0'))
    .join(':')
}
