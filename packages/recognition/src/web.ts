import type { FaceDetector } from '@retinaface/core'
import type { WebImageSource } from '@retinaface/web'
import { type OpenNetworkOptions, openNetworkFile } from '@retinaface/web/onnxruntime'
import { type EmbedderOptions, openRecognizer } from './open-recognizer.ts'
import type { Recognizer } from './recognizer.ts'

export * from './index.ts'

/** Options of {@link createRecognizer}. */
export interface RecognizerOptions extends OpenNetworkOptions, EmbedderOptions {}

/**
 * Loads an embedder and makes it ready to describe faces that a detector found.
 *
 * @param retinaface reads the pictures, in the same way as it did when it found the faces
 * @throws {InvalidArgumentError} if an option is not valid
 * @throws {ModelLoadError} if the embedder cannot be fetched, is not the expected file or does not load
 * @throws {ModelMismatchError} if the network does not fit its configuration
 * @throws {ProviderUnavailableError} if none of the execution providers can run it here
 *
 * @example
 * const retinaface = await createRetinaFace()
 * const recognizer = await createRecognizer(retinaface)
 * const [face] = await retinaface.detect(image)
 * const embedding = await recognizer.embed(image, face)
 */
export function createRecognizer(
  retinaface: Pick<FaceDetector<WebImageSource>, 'readImage'>,
  options: RecognizerOptions = {},
): Promise<Recognizer<WebImageSource>> {
  return openRecognizer(retinaface, options, openNetworkFile)
}
