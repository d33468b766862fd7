import { type Pose, rotationVectorOfPose } from '../camera/pose.ts'
import { rotationMatrix } from '../camera/rotation-matrix.ts'
import { InvalidArgumentError } from '../errors/retinaface-error.ts'
import type { ExportMesh } from './export-mesh.ts'
import { checkKeyframes, evenFrames, type Keyframe, type MorphWeights } from './keyframe.ts'
import { type Morph, withExpression, withoutExpression } from './morph-targets.ts'
import { type ObjFiles, type ObjOptions, writeObj } from './write-obj.ts'

/** How a sequence of OBJ files is written. */
export interface ObjSequenceOptions extends ObjOptions {
  /** Files a second; default 30. */
  readonly frameRate?: number
}

/** One frame of a sequence. Its `mtl` is the same in all frames. */
export interface ObjFrame extends ObjFiles {
  /** Counted from 1, which is at 0 seconds. */
  readonly number: number
}

/**
 * What a face does in time as one OBJ for each frame, for programs without morph targets. All have the same
 * triangles, in the same order; the head turns with the pose, around its centre.
 *
 * Frames come evenly, from the first keyframe to the last, with values between those of the keyframes beside
 * them. They are made as they are asked for: each text has about 0.27 MB.
 *
 * @param mesh the face with the expression `morph.weights`
 * @throws InvalidArgumentError if the arrays do not fit one another, there is no keyframe, the times do not
 * increase from 0 on, or the frame rate is not above 0.
 *
 * @example
 * const pose = { yaw: 0, pitch: 0, roll: 0 }
 * const keyframes = [
 *   { time: 0, weights: {}, pose },
 *   { time: 1, weights: { jawOpen: 0.7 }, pose },
 * ]
 * const { canonical: positions, triangles } = face.mesh
 * const morph = { targets, weights: face.expressions, keyframes }
 * for (const { number, obj } of writeObjSequence({ positions, triangles }, morph)) {
 *   await writeFile(`take.${String(number).padStart(4, '0')}.obj`, obj)
 * }
 */
export function* writeObjSequence(
  mesh: ExportMesh,
  morph: Morph & Required<Pick<Morph, 'keyframes'>>,
  { frameRate = 30, ...options }: ObjSequenceOptions = {},
): Generator<ObjFrame, void, undefined> {
  const { targets, keyframes } = morph
  checkKeyframes('morph.keyframes', keyframes)
  if (!(frameRate > 0 && frameRate < Number.POSITIVE_INFINITY)) {
    throw new InvalidArgumentError('options.frameRate', 'a number above 0', frameRate)
  }
  const neutral = withoutExpression(mesh.positions, morph)
  const positions = new Float32Array(neutral.length)
  for (const { frame, before, after, share } of evenFrames(keyframes, frameRate)) {
    const { weights, pose } = between(keyframes[before]!, keyframes[after]!, share)
    withExpression(neutral, { targets, weights }, positions)
    turn(positions, pose)
    yield { number: frame + 1, ...writeObj({ ...mesh, positions }, options) }
  }
}

function between(a: Keyframe, b: Keyframe, share: number): Pick<Keyframe, 'weights' | 'pose'> {
  const mix = (from = 0, to = 0) => from + share * (to - from)
  const names = Object.keys({ ...a.weights, ...b.weights })
  const weights: MorphWeights = Object.fromEntries(
    names.map((name) => [name, mix(a.weights[name], b.weights[name])]),
  )
  const pose = {
    yaw: mix(a.pose.yaw, b.pose.yaw),
    pitch: mix(a.pose.pitch, b.pose.pitch),
    roll: mix(a.pose.roll, b.pose.roll),
  }
  return { weights, pose }
}

/** Turns positions in place. */
function turn(positions: Float32Array, pose: Pose): void {
  const r = rotationMatrix(rotationVectorOfPose(pose))
  for (let i = 0; i < positions.length; i += 3) {
    const [x, y, z] = [positions[i]!, positions[i + 1]!, positions[i + 2]!]
    for (let row = 0; row < 3; row++) {
      positions[i + row] = r[3 * row]! * x + r[3 * row + 1]! * y + r[3 * row + 2]! * z
    }
  }
}
