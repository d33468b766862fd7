/**
 * The bytes that a data: URL holds (RFC 2397), as base64 or percent-encoded.
 *
 * @throws {Error} saying what is wrong with it
 */
export function decodeDataUrl(url: string): Uint8Array {
  const comma = url.indexOf(',')
  if (comma < 0) throw new Error('it has no comma. A data: URL has one before its content.')
  const content = Buffer.from(decodePercents(url.slice(comma + 1)), 'latin1')
  const isBase64 = /;\s*base64\s*$/i.test(url.slice(0, comma))
  return isBase64 ? Buffer.from(content.toString('latin1'), 'base64') : content
}

/** Each byte as one character. */
function decodePercents(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
}
