import { readEncoded } from '@retinaface/node'
import { type PictureFacts, readPictureFacts } from '@retinaface/node/results'
import { type ReadableInput, toImageSource } from '../inputs/readable-input.ts'

/** The facts of a picture that was read before. */
export async function readFacts(input: ReadableInput): Promise<PictureFacts> {
  return readPictureFacts(await readEncoded(toImageSource(input)))
}
