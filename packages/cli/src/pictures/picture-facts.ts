import type { DeepPixelImage } from '@retinaface/core'
import { readEncoded } from '@retinaface/node'
import { type PictureFacts, readDeepPicture, readPictureFacts } from '@retinaface/node/results'
import { type ReadableInput, toImageSource } from '../inputs/readable-input.ts'

/** The facts of a picture that was read before. */
export async function readFacts(input: ReadableInput): Promise<PictureFacts> {
  return readPictureFacts(await readEncoded(toImageSource(input)))
}

/** True if a picture has 16 bits a sample, and is of a format that they can be written in. */
export function keepsDepth({ format, bits }: PictureFacts): boolean {
  return bits === 16 && (format === 'png' || format === 'tiff')
}

/** The pixels of a picture that was read before, with 16 bits a sample. */
export async function readDeep(input: ReadableInput): Promise<DeepPixelImage> {
  return readDeepPicture(await readEncoded(toImageSource(input)))
}
