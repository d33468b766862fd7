import type { FaceDetector, StageNetwork } from '@retinaface/core'
import { expectOptions } from '@retinaface/core/platform'
import { Recognizer } from './recognizer.ts'
import { type EmbedderOption, type ResolvedEmbedder, resolveEmbedder } from './resolve-embedder.ts'

/** Which embedder a recognizer has. */
export interface EmbedderOptions {
  /** Default `'dlib-resnet'`, which ships with this package. */
  readonly embedder?: EmbedderOption
}

/** Makes a recognizer of an embedder, whose network the platform opens. */
export async function openRecognizer<Source, Runtime extends object>(
  retinaface: Pick<FaceDetector<Source>, 'readImage'>,
  options: EmbedderOptions & Runtime,
  openNetworkFile: (
    source: ResolvedEmbedder['source'],
    runtime: Omit<EmbedderOptions & Runtime, 'embedder'>,
  ) => Promise<StageNetwork>,
): Promise<Recognizer<Source>> {
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
