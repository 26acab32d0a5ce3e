// Text from bytes in an encoding that has a name (WHATWG Encoding Standard).

export interface Decoder {
  /** The encoding's own name, of the several that it may be called by. */
  readonly encoding: string
  /** @throws TypeError where the bytes are wrong. */
  readonly decode: (bytes: Uint8Array) => string
}

/** What Windows-1252 has at 0x80 to 0x9F: quotes, dashes, the euro; all of ISO 8859-1 and ASCII are read as it. */
const AT_0X80 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

/** @throws RangeError where nobody knows an encoding of that name. */
export function decoderFor(name: string): Decoder {
  const decoder = new TextDecoder(name, { fatal: true })
  const { encoding } = decoder
  const decode = (bytes: Uint8Array) => decoder.decode(bytes)
  if (encoding !== 'windows-1252') return { encoding, decode }
  // Node.js takes it for ISO 8859-1 in releases from 20.18.3, 22.13 and 23.4 on (nodejs/node issue 56542).
  return {
    encoding,
    decode: (bytes) =>
      decode(bytes).replace(/[\x80-\x9f]/g, (mark) => AT_0X80[mark.charCodeAt(0) - 0x80] ?? mark),
  }
}
