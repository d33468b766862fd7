import type { TurnedPortrait } from '../pictures/turned-portraits.ts'
import type { FoundFace, Point } from '../protocol/contender.ts'
import { overlap } from './count-faces.ts'

// Generous, as detectors differ in what they call a face's box.
const enoughOverlap = 0.3

/** How well a turned portrait's face is found. */
export interface TurnedFace {
  readonly found: boolean
  /** Boxes that are no face: not of the portrait's face, nor with their middle in another. */
  readonly wrong: number
  /**
   * How far eyes, nose and mouth are from where they are in the portrait that stands, in the mean, as a
   * share of the face's side.
   */
  readonly error?: number
}

/** The face of a portrait among those that were found, the one with the best score. */
export function faceOf(
  { face }: TurnedPortrait,
  found: readonly FoundFace[],
): FoundFace | undefined {
  return found
    .filter(({ box }) => overlap(box, face) >= enoughOverlap)
    .toSorted((a, b) => b.score - a.score)[0]
}

/**
 * Compares what was found in a turned portrait with what is there.
 *
 * @param upright the same detector's points in the portrait that stands
 */
export function measureTurned(
  portrait: TurnedPortrait,
  found: readonly FoundFace[],
  upright: readonly Point[] | undefined,
): TurnedFace {
  const face = faceOf(portrait, found)
  const wrong = found.filter((one) => one !== face && !isOther(one, portrait)).length
  if (!face?.points || !upright) return { found: face !== undefined, wrong }
  const distances = face.points.map((point, i) => {
    const [x, y] = portrait.upright(point)
    return Math.hypot(x - upright[i]![0], y - upright[i]![1])
  })
  const [x1, y1, x2, y2] = portrait.face
  const error = mean(distances) / Math.sqrt((x2 - x1) * (y2 - y1))
  return { found: true, wrong, error }
}

/** The mean, 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

function isOther({ box: [x1, y1, x2, y2] }: FoundFace, { others }: TurnedPortrait): boolean {
  const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2]
  return others.some((other) => x >= other[0] && x < other[2] && y >= other[1] && y < other[3])
}
