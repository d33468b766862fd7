import type { Face } from '../face/face.ts'
import { assign } from './assign.ts'
import { MOST_COST, Motion } from './motion.ts'

interface Track {
  readonly id: number
  readonly motion: Motion
  /** Time of the first frame without it since it was found last. */
  missingSince: number | undefined
}

// A face that was missing for longer, in seconds, is a new one. Time between frames does not count:
// where one is looked at every few seconds, no face of it was ever missing.
const longestAbsence = 2

/**
 * Tells which faces of a frame are those of the frames before. Faces are paired with tracks all at once, by
 * where their motion leads and by size, in times and not in frames, so that ids hold at any frame rate.
 */
export class IdTracker {
  private readonly beginScore: number
  private tracks: Track[] = []
  private lastId = 0

  /** @param beginScore of a new face; others only go on with tracks that are there */
  constructor(beginScore = 0) {
    this.beginScore = beginScore
  }

  /** The ids of faces that are not given up. */
  get ids(): readonly number[] {
    return this.tracks.map(({ id }) => id)
  }

  /**
   * @param faces of the next frame
   * @param time of that frame in seconds
   * @returns the id of each face, counted from 1 and never used again; 0 where it has none
   */
  update(faces: readonly Pick<Face, 'box' | 'score'>[], time: number): number[] {
    this.tracks = this.tracks.filter(
      ({ missingSince = time }) => time - missingSince <= longestAbsence,
    )
    const before = this.tracks
    const costs = faces.map(({ box }) => before.map(({ motion }) => motion.cost(box, time)))
    const pairs = assign(costs, MOST_COST)
    for (const track of before) track.missingSince ??= time
    return faces.map(({ box, score }, i) => {
      const track = before[pairs[i]!]
      if (!track) return score >= this.beginScore ? this.begin(box, time) : 0
      track.motion.update(box, time)
      track.missingSince = undefined
      return track.id
    })
  }

  private begin(box: Face['box'], time: number): number {
    const id = ++this.lastId
    this.tracks = [...this.tracks, { id, motion: new Motion(box, time), missingSince: undefined }]
    return id
  }
}
