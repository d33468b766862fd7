/** What the head of a JPEG file tells. */
export interface JpegHeader {
  /** As stored, before any turning. */
  readonly width: number
  readonly height: number
  /** EXIF orientation, 1 to 8; 1 is upright. */
  readonly orientation: number
}

const startOfImage = 0xffd8
const application1 = 0xe1
const orientationTag = 0x0112
const exif = [0x45, 0x78, 0x69, 0x66, 0, 0]
// Start-of-frame markers are 0xc0 … 0xcf without those of tables and of arithmetic conditioning.
const notFrames = [0xc4, 0xc8, 0xcc]

/** Reads the head of a JPEG file; `undefined` where it is none or the frame does not begin in it. */
export function readJpegHeader(bytes: Uint8Array): JpegHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    if (view.getUint16(0) !== startOfImage) return undefined
    let orientation = 1
    for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
      const marker = view.getUint8(at + 1)
      if (marker === application1) orientation = readOrientation(view, at + 4) ?? orientation
      if (marker >= 0xc0 && marker <= 0xcf && !notFrames.includes(marker)) {
        return { height: view.getUint16(at + 5), width: view.getUint16(at + 7), orientation }
      }
    }
    return undefined
  } catch (error) {
    // The file goes on beyond the bytes that are here, or is damaged.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function readOrientation(view: DataView, start: number): number | undefined {
  if (exif.some((byte, i) => view.getUint8(start + i) !== byte)) return undefined
  const tiff = start + exif.length
  const isLittle = view.getUint8(tiff) === 0x49
  const directory = tiff + view.getUint32(tiff + 4, isLittle)
  const count = view.getUint16(directory, isLittle)
  for (let entry = directory + 2; entry < directory + 2 + 12 * count; entry += 12) {
    if (view.getUint16(entry, isLittle) === orientationTag) {
      return view.getUint16(entry + 8, isLittle)
    }
  }
  return undefined
}
