import type { Pose } from '@retinaface/mesh-decoder'
import { OneEuroFilter, type SmoothingOptions } from './one-euro-filter.ts'

// Degrees that heads turn, as faces move by their size.
const range = 45

/** Smooths how one head is turned through the frames. */
export class PoseSmoother {
  private readonly angles: OneEuroFilter
  private before: readonly number[] | undefined

  constructor(options: SmoothingOptions) {
    this.angles = new OneEuroFilter(options)
  }

  /** @param time in seconds */
  smooth({ yaw, pitch, roll }: Pose, time: number): Pose {
    // From 179° to −179° it is two degrees.
    const angles = [yaw, pitch, roll].map((angle, i) => {
      const before = this.before?.[i] ?? angle
      return before + within180(angle - before)
    })
    this.before = angles
    const [smoothYaw, smoothPitch, smoothRoll] = this.angles.smooth(angles, range, time)
    return {
      yaw: within180(smoothYaw!),
      pitch: smoothPitch!,
      roll: within180(smoothRoll!),
    }
  }
}

/** The same angle between −180 and 180 degrees. */
function within180(degrees: number): number {
  return degrees - 360 * Math.round(degrees / 360)
}
