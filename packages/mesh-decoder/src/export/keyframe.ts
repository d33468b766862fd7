import type { Pose } from '../camera/pose.ts'
import { InvalidArgumentError } from '../errors/retinaface-error.ts'

/** Coefficients of expression by name, 0 to 1. */
export type MorphWeights = Readonly<Partial<Record<string, number>>>

/** What a face does at a moment. */
export interface Keyframe {
  /** Seconds from 0. */
  readonly time: number
  /** What is not named is 0. */
  readonly weights: MorphWeights
  /** How the head is turned. */
  readonly pose: Pose
  /** Where the eyes look: a unit vector in the camera frame. */
  readonly gaze?: readonly [x: number, y: number, z: number]
}

/** @throws InvalidArgumentError if there is no keyframe, or the times do not increase from 0 on. */
export function checkKeyframes(argument: string, keyframes: readonly Keyframe[]): void {
  if (keyframes.length === 0) throw new InvalidArgumentError(argument, 'at least one keyframe', 0)
  let before = -1
  for (const [i, { time }] of keyframes.entries()) {
    // As files keep it.
    const kept = Math.fround(time)
    if (!(kept >= 0 && kept > before && kept < Number.POSITIVE_INFINITY)) {
      const expected = i === 0 ? 'a number of seconds from 0 on' : `more than ${before} seconds`
      throw new InvalidArgumentError(`${argument}[${i}].time`, expected, time)
    }
    before = kept
  }
}
