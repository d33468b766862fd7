import { availableParallelism } from 'node:os'
import type { FaceDetector } from '@retinaface/core'
import { type CreateOptions, createWorkerRetinaFace, type NodeImageSource } from '@retinaface/node'
import { BatchError } from '../errors.ts'
import type { BatchSettings } from '../plan/settings.ts'
import { detectOptionsOf } from './detect-options.ts'

/** How a machine works; its results are the same. */
export interface MachineOptions extends Pick<CreateOptions, 'provider'> {
  /** Pictures that are looked at at a time, each on a thread of its own. Default: the processor's threads. */
  readonly threads?: number
}

/** A detector for the settings of runs. */
export type BatchDetector = FaceDetector<NodeImageSource>

// As it is built, or from the sources.
const quality = new URL(
  import.meta.url.endsWith('.ts') ? '../quality-stage.ts' : './quality-stage.js',
  import.meta.url,
)

/**
 * Opens a detector that works in threads of its own, so that nothing else waits for it.
 *
 * @throws {BatchError} if the model cannot give what the settings ask for
 * @throws {InvalidArgumentError} if an option is not valid, and what `createRetinaFace` throws
 */
export async function openBatchDetector(
  settings: BatchSettings,
  { threads = availableParallelism(), provider }: MachineOptions = {},
): Promise<BatchDetector> {
  const { model, precision, pixelLimit, pose = true, latents = false } = settings
  const options = {
    threads,
    stages: { quality },
    ...(model === undefined ? {} : { model }),
    ...(precision === undefined ? {} : { precision }),
    ...(pixelLimit === undefined ? {} : { pixelLimit }),
    ...(provider === undefined ? {} : { provider }),
  }
  const detector = await createWorkerRetinaFace(options as CreateOptions)
  try {
    if ((pose || latents) && !detector.stageNames.includes('mesh')) {
      const name = detector.configuration.name
      throw new BatchError(
        `The model ${name} makes no meshes, from which pose and latents come. Choose another, or leave both out (pose: false, --no-pose).`,
      )
    }
    // Checks the options before the first picture.
    await detector.detectMany([], detectOptionsOf(settings)).next()
    return detector
  } catch (error) {
    await detector.dispose()
    throw error
  }
}
