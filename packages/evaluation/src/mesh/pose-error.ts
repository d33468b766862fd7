/** Head pose in degrees. */
export interface PoseAngles {
  readonly yaw: number
  readonly pitch: number
  readonly roll: number
}

/** Absolute differences in degrees and their mean, as AFLW2000-3D is reported. */
export interface PoseError extends PoseAngles {
  readonly mean: number
}

/** How far two poses are apart, each angle the short way round (0 to 180 degrees). */
export function poseError(predicted: PoseAngles, expected: PoseAngles): PoseError {
  const yaw = angleBetween(predicted.yaw, expected.yaw)
  const pitch = angleBetween(predicted.pitch, expected.pitch)
  const roll = angleBetween(predicted.roll, expected.roll)
  return { yaw, pitch, roll, mean: (yaw + pitch + roll) / 3 }
}

function angleBetween(a: number, b: number): number {
  const turn = Math.abs(a - b) % 360
  return Math.min(turn, 360 - turn)
}
