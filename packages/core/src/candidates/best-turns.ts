import type { Quarters } from '../image/turn-image.ts'
import { areaOf, sharedArea } from './box-size.ts'

/** A candidate in the image frame, and how the picture was turned when it was seen. */
export interface TurnedCandidate {
  readonly score: number
  /** x1, y1, x2, y2. */
  readonly box: ArrayLike<number>
  /** x0, y0, …, x4, y4: eyes, nose, mouth corners. */
  readonly landmarks: ArrayLike<number>
  /** Quarters of a turn, clockwise. */
  readonly quarters: Quarters
}

// Where down points in the picture, of a view that shows it turned clockwise.
const downInImage = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
] as const

/**
 * Leaves one turn's candidates where several turns show something at the same place: those of the turn
 * in which the face scores best and stands most upright. In the others it looks like a worse one.
 */
export function bestTurns<Entry extends TurnedCandidate>(candidates: readonly Entry[]): Entry[] {
  const best: Entry[] = []
  for (const one of [...candidates].sort((a, b) => fitness(b) - fitness(a))) {
    const isOther = best.some(
      (better) => better.quarters !== one.quarters && isSamePlace(one.box, better.box),
    )
    if (!isOther) best.push(one)
  }
  return best
}

/** True if some of the candidates shows the same face at least as well. */
export function isKnown(candidate: TurnedCandidate, known: readonly TurnedCandidate[]): boolean {
  return known.some(
    (one) => isSamePlace(candidate.box, one.box) && fitness(one) >= fitness(candidate),
  )
}

/** The score, times the cosine of the angle by which the face is turned in its view. */
function fitness({ score, landmarks, quarters }: TurnedCandidate): number {
  const toMouth = (axis: number) =>
    landmarks[6 + axis]! + landmarks[8 + axis]! - landmarks[axis]! - landmarks[2 + axis]!
  const [x, y] = [toMouth(0), toMouth(1)]
  const [downX, downY] = downInImage[quarters]
  const length = Math.hypot(x, y)
  return length > 0 ? (score * (x * downX + y * downY)) / length : 0
}

/** True if most of the smaller of two boxes lies in the other. */
function isSamePlace(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return sharedArea(a, b) > Math.min(areaOf(a), areaOf(b)) / 2
}
