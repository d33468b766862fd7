import type { Pose } from '../camera/pose.ts'
import { InvalidArgumentError } from '../errors/retinaface-error.ts'
import { clip } from './export-mesh.ts'

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

/** A frame of even times, and the keyframes beside it. */
interface EvenFrame {
  /** Counted from 0, which is at 0 seconds. */
  readonly frame: number
  /** Indices of the keyframes before and after it. */
  readonly before: number
  readonly after: number
  /** How far it has gone from the one to the other, 0 to 1. */
  readonly share: number
}

/**
 * The frames from the first keyframe to the last, at even times.
 *
 * @param frameRate frames a second
 */
export function* evenFrames(
  keyframes: readonly Keyframe[],
  frameRate: number,
): Generator<EvenFrame, void, undefined> {
  const first = Math.round(keyframes[0]!.time * frameRate)
  const last = Math.round(keyframes.at(-1)!.time * frameRate)
  let after = 0
  for (let frame = first; frame <= last; frame++) {
    const time = frame / frameRate
    while (after < keyframes.length - 1 && keyframes[after]!.time < time) after++
    const before = Math.max(0, after - 1)
    const from = keyframes[before]!.time
    const span = keyframes[after]!.time - from
    yield { frame, before, after, share: span > 0 ? clip((time - from) / span) : 0 }
  }
}
