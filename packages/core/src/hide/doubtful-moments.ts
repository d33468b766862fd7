import type { ImageSize } from '../image/shrunken-image.ts'
import type { FaceTrack, Sighting } from '../tracking/follow-both-ways.ts'

/** Frames in which a face is covered by guess more than by sight, worth a look. */
export interface DoubtfulMoment {
  /** Of the track. */
  readonly id: number
  /** Indices of the first and the last frame. */
  readonly frames: readonly [first: number, last: number]
  /** Their times, in seconds. */
  readonly times: readonly [first: number, last: number]
  /**
   * - `'bridged'`: not found between two frames where it was;
   * - `'lost'`: not found any more, though it was not at the picture's edge;
   * - `'weak'`: found, with the score of {@link score} at most.
   */
  readonly reason: 'bridged' | 'lost' | 'weak'
  /** The lower of the scores at both ends, or of those between. */
  readonly score: number
}

// Shorter ones, in seconds, are hardly worth a look.
const shortest = 0.2
const weak = 0.3

/** The moments of a video at which hiding its faces is least sure, in the order of time. */
export function doubtfulMoments(
  tracks: readonly FaceTrack[],
  times: readonly number[],
  size: ImageSize,
): DoubtfulMoment[] {
  const moments = tracks.flatMap(({ id, sightings }) => {
    const tell = (
      reason: DoubtfulMoment['reason'],
      from: Sighting,
      to: Sighting,
      score: number,
    ) => ({
      id,
      frames: [from.frame, to.frame] as const,
      times: [times[from.frame]!, times[to.frame]!] as const,
      reason,
      score,
    })
    const bridged = sightings.flatMap((from, i) => {
      const to = sightings[i + 1]
      if (!to || times[to.frame]! - times[from.frame]! < shortest || to.frame === from.frame + 1)
        return []
      return [tell('bridged', from, to, Math.min(from.score, to.score))]
    })
    const last = sightings.at(-1)!
    const isLost = times.at(-1)! - times[last.frame]! > shortest && !touchesEdge(last, size)
    const lost = isLost ? [tell('lost', last, last, last.score)] : []
    const runs = weakRuns(sightings).filter(
      ([from, to]) => times[to.frame]! - times[from.frame]! >= shortest,
    )
    const weakly = runs.map(([from, to, score]) => tell('weak', from, to, score))
    return [...bridged, ...lost, ...weakly]
  })
  return moments.sort((a, b) => a.frames[0] - b.frames[0])
}

/** Stretches of sightings with low scores: the first, the last and the lowest score. */
function weakRuns(sightings: readonly Sighting[]): [Sighting, Sighting, number][] {
  const runs: [Sighting, Sighting, number][] = []
  let isWeak = false
  for (const sighting of sightings) {
    const run = runs.at(-1)
    const continues = isWeak && run
    isWeak = sighting.score < weak
    if (!isWeak) continue
    if (continues) {
      run[1] = sighting
      run[2] = Math.min(run[2], sighting.score)
    } else runs.push([sighting, sighting, sighting.score])
  }
  return runs
}

function touchesEdge({ box: [x1, y1, x2, y2] }: Sighting, { width, height }: ImageSize): boolean {
  const [x, y] = [(x2 - x1) / 2, (y2 - y1) / 2]
  return x1 < x || y1 < y || x2 > width - x || y2 > height - y
}
