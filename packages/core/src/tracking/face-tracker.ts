import type { Face } from '../face/face.ts'
import { assign } from './assign.ts'
import { FaceSmoother } from './face-smoother.ts'
import { MOST_COST, Motion } from './motion.ts'
import type { SmoothingOptions } from './one-euro-filter.ts'

/** A face of a video. */
export interface TrackedFace extends Face {
  /** The same through the frames; counts from 1 and is never used again. */
  readonly id: number
}

interface Track {
  readonly id: number
  readonly smoother: FaceSmoother
  readonly motion: Motion
  /** Time of the first frame without it since it was found last. */
  missingSince: number | undefined
}

// A face that was missing for longer, in seconds, is a new one. Time between frames does not count:
// where one is looked at every few seconds, no face of it was ever missing.
const longestAbsence = 2

/**
 * Tells which faces of a frame are those of the frames before, and smooths them. Faces are paired with
 * tracks all at once, by where their motion leads and by size, in times and not in frames, so that ids hold
 * at any frame rate.
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
  private tracks: Track[] = []
  private lastId = 0

  constructor(smoothing: SmoothingOptions = {}) {
    this.smoothing = smoothing
  }

  /**
   * @param faces of the next frame
   * @param time of that frame in seconds
   * @returns as many faces in the same order
   */
  update(faces: readonly Face[], time: number): TrackedFace[] {
    this.tracks = this.tracks.filter(
      ({ missingSince = time }) => time - missingSince <= longestAbsence,
    )
    const before = this.tracks
    const costs = faces.map((face) => before.map((track) => track.motion.cost(face.box, time)))
    const pairs = assign(costs, MOST_COST)
    for (const track of before) track.missingSince ??= time
    return faces.map((face, i) => {
      const track = before[pairs[i]!] ?? this.begin(face, time)
      track.motion.update(face.box, time)
      track.missingSince = undefined
      return { ...track.smoother.smooth(face, time), id: track.id }
    })
  }

  private begin(face: Face, time: number): Track {
    const track = {
      id: ++this.lastId,
      smoother: new FaceSmoother(this.smoothing),
      motion: new Motion(face.box, time),
      missingSince: undefined,
    }
    this.tracks.push(track)
    return track
  }
}
