import type { ShrinkPlan } from '@retinaface/core/platform'
import { readJpegHeader } from './jpeg-header.ts'

/** A picture that was decoded in fewer pixels than it has. */
export interface ReducedPicture {
  readonly frame: VideoFrame
  /** Size of the picture itself. */
  readonly width: number
  readonly height: number
}

// More than this costs what it saves.
const worthwhileEighths = 5

/**
 * Decodes a JPEG at the fraction of its size that does, which takes a fraction of the time.
 *
 * @returns `undefined` where the browser cannot, the picture is not an upright JPEG or all its pixels
 * are needed.
 */
export async function decodeReduced(
  blob: Blob,
  { sizeFor, keepWhole }: ShrinkPlan,
): Promise<ReducedPicture | undefined> {
  if (keepWhole || !('ImageDecoder' in globalThis)) return undefined
  const data = await blob.arrayBuffer()
  const header = readJpegHeader(new Uint8Array(data))
  const size = header?.orientation === 1 ? sizeFor(header) : undefined
  if (!header || !size) return undefined
  const { width, height } = header
  // JPEG decoders leave out parts of the 8×8 blocks; asked for another size, browsers take the next
  // smaller one that they can have so.
  const eighths = Math.ceil(8 * Math.max(size.width / width, size.height / height))
  if (eighths > worthwhileEighths) return undefined
  const decoder = new ImageDecoder({
    type: 'image/jpeg',
    data,
    desiredWidth: Math.ceil((width * eighths) / 8),
    desiredHeight: Math.ceil((height * eighths) / 8),
  })
  try {
    return { frame: (await decoder.decode()).image, width, height }
  } catch {
    // The usual way says what is wrong with the file.
    return undefined
  } finally {
    decoder.close()
  }
}
