// ISO/IEC 23008-12, annex B: brands of pictures and sequences that are coded as HEVC.
const brands = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']
const mostBytes = 256

/** True if a file says of itself that it holds pictures as HEVC, as phones write them. */
export async function isHeic(blob: Blob): Promise<boolean> {
  // A file that changed since it was chosen cannot be read.
  const start = await blob
    .slice(0, mostBytes)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0))
  const text = String.fromCharCode(...new Uint8Array(start))
  // Its first box: length, name, main brand, version, further brands.
  if (text.slice(4, 8) !== 'ftyp') return false
  const end = Math.min(new DataView(start).getUint32(0), text.length)
  for (let at = 8; at + 4 <= end; at += 4) {
    if (brands.includes(text.slice(at, at + 4))) return true
  }
  return false
}
