import type { Face } from '../face/face.ts'
import { FaceSmoother } from './face-smoother.ts'
import { IdTracker } from './id-tracker.ts'
import type { SmoothingOptions } from './one-euro-filter.ts'

/** A face of a video. */
export interface TrackedFace extends Face {
  /** The same through the frames; counts from 1 and is never used again. */
  readonly id: number
}

/**
 * Tells which faces of a frame are those of the frames before, and smooths them.
 *
 * @example
 * const tracker = new FaceTracker()
 * for (const { picture, seconds } of frames) {
 *   const faces = await retinaface.detect(picture)
 *   for (const { id, box } of tracker.update(faces, seconds)) console.log(id, box)
 * }
 */
export class FaceTracker {
  private readonly smoothing: SmoothingOptions
  private readonly tracker = new IdTracker()
  private smoothers = new Map<number, FaceSmoother>()

  constructor(smoothing: SmoothingOptions = {}) {
    this.smoothing = smoothing
  }

  /**
   * @param faces of the next frame
   * @param time of that frame in seconds
   * @returns as many faces in the same order
   */
  update(faces: readonly Face[], time: number): TrackedFace[] {
    const found = this.tracker.update(faces, time)
    this.smoothers = new Map(
      this.tracker.ids.map((id) => [
        id,
        this.smoothers.get(id) ?? new FaceSmoother(this.smoothing),
      ]),
    )
    return faces.map((face, i) => {
      const id = found[i]!
      return { ...this.smoothers.get(id)!.smooth(face, time), id }
    })
  }
}
