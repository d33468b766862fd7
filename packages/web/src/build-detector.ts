import { RetinaFace } from '@retinaface/core'
import { importStages, type NetworkParts, openDenseStages } from '@retinaface/core/platform'
import { loadSource } from './image/load-source.ts'
import { PixelReader } from './image/pixel-reader.ts'
import { loadFile } from './model/load-file.ts'
import type { LoadProgress } from './model/load-progress.ts'
import { openNetwork } from './runtime/choose-network.ts'
import { createSession } from './runtime/create-session.ts'
import type { DetectorPlan } from './runtime/detector-plan.ts'
import type { WebRetinaFace } from './web-retinaface.ts'

/**
 * Makes the detector of a plan in this page or worker.
 *
 * @param startHelper starts the package's worker script, for further threads
 * @throws {ModelLoadError} {ModelMismatchError} {ProviderUnavailableError} and what `onProgress` throws
 */
export async function buildDetector(
  plan: DetectorPlan,
  onProgress: (progress: LoadProgress) => void,
  startHelper: () => Worker,
): Promise<WebRetinaFace> {
  const bytes = await loadFile(plan.model, onProgress)
  onProgress({ stage: 'compile' })
  const network = await openNetwork(bytes, plan, startHelper)
  try {
    const detector = putTogether(network, plan)
    onProgress({ stage: 'ready' })
    return detector
  } catch (error) {
    await network.session.release()
    throw error
  }
}

function putTogether(
  parts: NetworkParts,
  { model: { landmarks, meshBranch }, provider, threads, stages, pixelLimit }: DetectorPlan,
): WebRetinaFace {
  const reader = new PixelReader(pixelLimit)
  const active = provider.find(({ name }) => name === parts.provider.name)!
  const openOwn = (bytes: Uint8Array) => createSession(bytes, active, threads)
  return new RetinaFace({
    ...parts,
    load: loadSource,
    readImage: (source, signal, shrink) => reader.read(source, signal, shrink),
    ...(landmarks ? { loadLandmarks: () => loadFile(landmarks) } : {}),
    stages: {
      ...(meshBranch ? openDenseStages(meshBranch, (file) => loadFile(file)) : {}),
      ...importStages(stages, openOwn),
    },
  })
}
