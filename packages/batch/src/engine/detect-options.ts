import type { DetectOptions } from '@retinaface/core'
import type { BatchSettings } from '../plan/settings.ts'

/** What the detector is told for a run. */
export function detectOptionsOf(settings: BatchSettings): Omit<DetectOptions, 'onProgress'> {
  const { detect = {}, pose = true, latents = false, crops } = settings
  const quality = crops === undefined ? {} : { crop: crops }
  return {
    ...detect,
    ...(pose || latents ? { mesh: true } : {}),
    // The option of the stage that this package brings along.
    ...({ quality } as object),
  }
}
