import type { FaceDetector } from '@retinaface/core'
import { RemoteDetector } from '@retinaface/core/platform'
import { isUrl } from './any-realm.ts'
import { type CreateOptions, resolveCreateOptions } from './create-options.ts'
import { type ModelOption, warnOfLicence } from './load-model.ts'
import { loadSource } from './load-source.ts'
import { toPostable } from './pool/to-postable.ts'
import type { NodeImageSource } from './read-image.ts'
import { startWorker } from './start-worker.ts'

// One is looked at, one is read, and one waits for the results to be given out in order; with two, two
// workers did 3 % fewer pictures.
export const picturesPerWorker = 3

/**
 * Loads a network in workers, so that finding faces never blocks the calling thread, as in a server.
 *
 * Of `threads` workers each looks at one picture at a time, on one thread. A worker that ends by itself,
 * or does not stop within thirty seconds of its signal, rejects what it has in hand with a
 * {@link WorkerLostError}; a warning says so, and the next picture starts another.
 *
 * @throws {InvalidArgumentError} if an option is not valid
 * @throws {ModelLoadError} if the model cannot be read, is not the expected file or does not load
 * @throws {ModelMismatchError} if the network does not fit its configuration
 * @throws {ProviderUnavailableError} if none of the execution providers can run it here
 * @throws {WorkerLostError} if a worker cannot be started, as in a bundle without its file
 */
export async function createWorkerRetinaFace(
  options: CreateOptions = {},
): Promise<FaceDetector<NodeImageSource>> {
  const retinaface = remoteDetector(options)
  if (options.model !== undefined) warnOfLicence(options.model)
  await retinaface.open()
  return retinaface
}

/** A detector in workers, which are started when they are first needed. */
export function remoteDetector(options: CreateOptions): RemoteDetector<NodeImageSource> {
  const resolved = resolveCreateOptions(options)
  const { threads } = resolved
  return new RemoteDetector<NodeImageSource>({
    workers: threads,
    ahead: threads * picturesPerWorker - 1,
    startWorker,
    plan: { ...resolved, model: postableModel(resolved.model), threads: 1 },
    prepare: async (source, signal) => toPostable(await loadSource(source, signal)),
    onLost: ({ message }) => process.emitWarning(message, { code: 'RETINAFACE_WORKER' }),
  })
}

/** URLs cannot be posted. */
function postableModel(model: ModelOption): ModelOption {
  if (typeof model !== 'object' || !isUrl(model?.file)) return model
  return { ...model, file: model.file.href }
}
