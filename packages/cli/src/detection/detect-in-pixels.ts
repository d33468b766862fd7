import type { Face, PixelImage } from '@retinaface/core'
import type { PictureInput } from '../inputs/find-pictures.ts'
import { isReadable, toImageSource } from '../inputs/readable-input.ts'
import type { PictureDetectOptions } from '../options/detection-options.ts'
import type { Detection, Detector, PictureWithPixels } from './detection.ts'

/** Finds the faces of pixels. */
export type FindFaces = (
  retinaface: Detector['retinaface'],
  image: PixelImage,
  options: PictureDetectOptions,
) => Promise<Face[]>

const detect: FindFaces = (retinaface, image, options) => retinaface.detect(image, options)

/** Finds the faces of one picture after the other, in all its pixels, while the next one is read. */
export async function* detectInPixels(
  inputs: AsyncIterable<PictureInput>,
  detector: Detector,
  find: FindFaces = detect,
): AsyncGenerator<Detection<PictureWithPixels>, void, undefined> {
  let previous: Reading | undefined
  // One picture further than is worked on: more would only cost memory.
  for await (const input of inputs) {
    const next = { input, image: readPicture(input, detector) }
    // A failure is reported when the picture's turn comes.
    next.image.catch(() => undefined)
    if (previous) yield await detectOne(previous, detector, find)
    previous = next
  }
  if (previous) yield await detectOne(previous, detector, find)
}

interface Reading {
  readonly input: PictureInput
  readonly image: Promise<PixelImage>
}

async function readPicture(input: PictureInput, { retinaface }: Detector): Promise<PixelImage> {
  if (!isReadable(input)) throw input.source
  return retinaface.readImage(toImageSource(input))
}

async function detectOne(
  { input, image: reading }: Reading,
  { retinaface, detectOptions }: Detector,
  find: FindFaces,
): Promise<Detection<PictureWithPixels>> {
  try {
    if (!isReadable(input)) throw input.source
    const image = await reading
    const { width, height } = image
    const faces = await find(retinaface, image, detectOptions)
    return { input, picture: { input, width, height, faces, image } }
  } catch (error) {
    return { input, error }
  }
}
