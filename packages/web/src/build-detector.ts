import type { DetectorPlan } from './create-options.ts'
import { DirectRetinaFace } from './direct-retinaface.ts'
import { PixelReader } from './image/pixel-reader.ts'
import { loadFile, loadMeshBranch } from './model/load-file.ts'
import type { LoadProgress } from './model/load-progress.ts'
import { breatheBetweenRuns } from './runtime/breathe-between-runs.ts'
import { createSession } from './runtime/create-session.ts'

/**
 * Makes the detector of a plan in this page or worker.
 *
 * @throws {ModelLoadError} {ModelMismatchError}
 */
export async function buildDetector(
  { model, provider, fallback, threads, pixelLimit }: DetectorPlan,
  onProgress: (progress: LoadProgress) => void,
): Promise<DirectRetinaFace> {
  const bytes = await loadFile(model, onProgress)
  onProgress({ stage: 'compile' })
  const running = await createSession(bytes, provider, fallback, threads)
  const reader = new PixelReader(pixelLimit)
  const { configuration, meshBranch } = model
  const detector = new DirectRetinaFace({
    session: breatheBetweenRuns(running.session),
    provider: running.provider,
    configuration,
    readImage: (source, signal) => reader.read(source, signal),
    ...(meshBranch ? { loadMeshBranch: () => loadMeshBranch(meshBranch) } : {}),
  })
  onProgress({ stage: 'ready' })
  return detector
}
