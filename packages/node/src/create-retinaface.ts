import type { FaceDetector } from '@retinaface/core'
import { type CreateOptions, resolveCreateOptions } from './create-options.ts'
import { picturesPerWorker, remoteDetector } from './create-worker-retinaface.ts'
import { warnOfLicence } from './load-model.ts'
import { NodeRetinaFace } from './node-retinaface.ts'
import { openDetector } from './open-detector.ts'
import type { NodeImageSource } from './read-image.ts'

/**
 * Loads a network and makes it ready to find faces.
 *
 * @throws {InvalidArgumentError} if an option is not valid
 * @throws {ModelLoadError} if the model cannot be read, is not the expected file or does not load
 * @throws {ModelMismatchError} if the network does not fit its configuration
 * @throws {ProviderUnavailableError} if none of the execution providers can run it here
 */
export async function createRetinaFace(
  options: CreateOptions = {},
): Promise<FaceDetector<NodeImageSource>> {
  const resolved = resolveCreateOptions(options)
  const { threads } = resolved
  warnOfLicence(resolved.model)
  const workers = threads > 1 ? remoteDetector(options) : undefined
  return new NodeRetinaFace(await openDetector(resolved), workers, threads * picturesPerWorker)
}
