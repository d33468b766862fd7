import type { Face, PixelImage } from '@retinaface/core'
import type { PictureInput } from '../inputs/find-pictures.ts'
import { isReadable, toImageSource } from '../inputs/readable-input.ts'
import type { PictureDetectOptions } from '../options/detection-options.ts'
import type { Finder, Look, PictureWithPixels } from './look.ts'

/** Finds the faces of pixels. */
export type FindFaces = (
  retinaface: Finder['retinaface'],
  image: PixelImage,
  options: PictureDetectOptions,
) => Promise<Face[]>

const detect: FindFaces = (retinaface, image, options) => retinaface.detect(image, options)

/** Finds the faces of one picture after the other, in all its pixels, while the next one is read. */
export async function* lookWithPixels(
  inputs: AsyncIterable<PictureInput>,
  finder: Finder,
  find: FindFaces = detect,
): AsyncGenerator<Look<PictureWithPixels>, void, undefined> {
  let previous: Reading | undefined
  // One picture further than is worked on: more would only cost memory.
  for await (const input of inputs) {
    const next = { input, image: readPicture(input, finder) }
    // A failure is reported when the picture's turn comes.
    next.image.catch(() => undefined)
    if (previous) yield await look(previous, finder, find)
    previous = next
  }
  if (previous) yield await look(previous, finder, find)
}

interface Reading {
  readonly input: PictureInput
  readonly image: Promise<PixelImage>
}

async function readPicture(input: PictureInput, { retinaface }: Finder): Promise<PixelImage> {
  if (!isReadable(input)) throw input.source
  return retinaface.readImage(toImageSource(input))
}

async function look(
  { input, image: reading }: Reading,
  { retinaface, detectOptions }: Finder,
  find: FindFaces,
): Promise<Look<PictureWithPixels>> {
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
