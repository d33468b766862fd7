import type { Face } from '@retinaface/core'
import { FaceSmoother } from './face-smoother.ts'
import type { SmoothingOptions } from './one-euro-filter.ts'
import { similarity } from './similarity.ts'

/** A face of a video. */
export interface TrackedFace extends Face {
  /** The same through the frames; counts from 1 and is never used again. */
  readonly id: number
}

interface Track {
  readonly id: number
  readonly smoother: FaceSmoother
  /** As it was last found, not smoothed. */
  face: Face
  /** Time of the first frame without it since it was found last. */
  missingSince: number | undefined
}

// A face that was missing for longer, in seconds, is a new one. Time between frames does not count:
// where one is looked at every few seconds, no face of it was ever missing.
const longestAbsence = 1

/** Tells which faces of a frame are those of the frames before, and smooths them. */
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
    const matched = this.match(faces)
    for (const track of this.tracks) track.missingSince ??= time
    return faces.map((face) => {
      const track = matched.get(face) ?? this.begin(face)
      track.face = face
      track.missingSince = undefined
      return { ...track.smoother.smooth(face, time), id: track.id }
    })
  }

  /** Pairs faces and tracks, those that go together best first. */
  private match(faces: readonly Face[]): Map<Face, Track> {
    const pairs = faces.flatMap((face) =>
      this.tracks.map((track) => ({ face, track, score: similarity(track.face, face) })),
    )
    const matched = new Map<Face, Track>()
    const taken = new Set<Track>()
    for (const { face, track, score } of pairs.sort((a, b) => b.score - a.score)) {
      if (score === 0 || matched.has(face) || taken.has(track)) continue
      matched.set(face, track)
      taken.add(track)
    }
    return matched
  }

  private begin(face: Face): Track {
    const smoother = new FaceSmoother(this.smoothing)
    const track = { id: ++this.lastId, smoother, face, missingSince: undefined }
    this.tracks.push(track)
    return track
  }
}
