import { expectOptions, type FaceDetector } from '@retinaface/core'
import { type OpenNetworkOptions, openNetworkFile, type WebImageSource } from '@retinaface/web'
import { Recognizer } from './recognizer.ts'
import { type EmbedderOption, resolveEmbedder } from './resolve-embedder.ts'

export * from './index.ts'

/** Options of {@link createRecognizer}. */
export interface RecognizerOptions extends OpenNetworkOptions {
  /** Default `'dlib-resnet'`, which ships with this package. */
  readonly embedder?: EmbedderOption
}

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
export async function createRecognizer(
  retinaface: Pick<FaceDetector<WebImageSource>, 'readImage'>,
  options: RecognizerOptions = {},
): Promise<Recognizer<WebImageSource>> {
  expectOptions(options, ['embedder', 'provider', 'threads'])
  const { embedder: option, ...runtime } = options
  const { source, embedder } = resolveEmbedder(option)
  const network = await openNetworkFile(source, runtime)
  try {
    return new Recognizer({ network, embedder, retinaface })
  } catch (error) {
    await network.release()
    throw error
  }
}
