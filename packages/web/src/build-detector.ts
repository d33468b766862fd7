import type { DetectorPlan } from './create-options.ts'
import { DirectRetinaFace } from './direct-retinaface.ts'
import { PixelReader } from './image/pixel-reader.ts'
import { loadFile, loadMeshBranch } from './model/load-file.ts'
import type { LoadProgress } from './model/load-progress.ts'
import { openNetworks } from './runtime/open-networks.ts'

/**
 * Makes the detector of a plan in this page or worker.
 *
 * @param startHelper starts the package's worker script, for further threads
 * @throws {ModelLoadError} {ModelMismatchError}
 */
export async function buildDetector(
  plan: DetectorPlan,
  onProgress: (progress: LoadProgress) => void,
  startHelper: () => Worker,
): Promise<DirectRetinaFace> {
  const { model, pixelLimit } = plan
  const bytes = await loadFile(model, onProgress)
  onProgress({ stage: 'compile' })
  const { parts, provider } = await openNetworks(bytes, plan, startHelper)
  const reader = new PixelReader(pixelLimit)
  const { meshBranch } = model
  const detector = new DirectRetinaFace({
    ...parts,
    provider,
    readImage: (source, signal, shrink) => reader.read(source, signal, shrink),
    ...(meshBranch ? { loadMeshBranch: () => loadMeshBranch(meshBranch) } : {}),
  })
  onProgress({ stage: 'ready' })
  return detector
}
