import type { Box, Face } from '../face/face.ts'
import { IdTracker } from './id-tracker.ts'

/** What was found in a frame of a video. */
export interface FrameFaces {
  /** In seconds. */
  readonly time: number
  readonly faces: readonly Pick<Face, 'box' | 'score'>[]
}

/** A face in one frame. */
export interface Sighting {
  /** Index of the frame. */
  readonly frame: number
  /** In pixels of the upright frame. */
  readonly box: Box
  /** 0..1. */
  readonly score: number
}

/** One face through a video. */
export interface FaceTrack {
  /** Counts from 1. */
  readonly id: number
  /** In the order of frames, at most one a frame; none of frames in which the face was not found. */
  readonly sightings: readonly Sighting[]
}

/**
 * Follows faces through a whole video, forwards and backwards in time: faces that are hardly found belong
 * to the track before them, or, where a face comes into view slowly, to the one after them.
 *
 * @param frames in the order of their times, with faces of scores below `beginScore` too
 * @param beginScore what a track's surest face has at least
 */
export function followBothWays(frames: readonly FrameFaces[], beginScore: number): FaceTrack[] {
  const forwards = new IdTracker(beginScore)
  const ids = frames.map(({ faces, time }) => forwards.update(faces, time))
  const backwards = new IdTracker(beginScore)
  // The id that a track backwards had last, in a frame after this one.
  const later = new Map<number, number>()
  for (let frame = frames.length - 1; frame >= 0; frame--) {
    const { faces, time } = frames[frame]!
    const here = ids[frame]!
    for (const [i, back] of backwards.update(faces, -time).entries()) {
      const adopted = later.get(back)
      if (here[i] === 0 && adopted !== undefined && !here.includes(adopted)) here[i] = adopted
      if (back !== 0 && here[i] !== 0) later.set(back, here[i]!)
    }
  }
  return collect(frames, ids)
}

function collect(frames: readonly FrameFaces[], ids: readonly (readonly number[])[]): FaceTrack[] {
  const tracks = new Map<number, Sighting[]>()
  for (const [frame, { faces }] of frames.entries()) {
    for (const [i, { box, score }] of faces.entries()) {
      const id = ids[frame]![i]!
      if (id === 0) continue
      if (!tracks.has(id)) tracks.set(id, [])
      tracks.get(id)!.push({ frame, box, score })
    }
  }
  return [...tracks].map(([id, sightings]) => ({ id, sightings })).sort((a, b) => a.id - b.id)
}
