import { type Pose, rotationVectorOfPose } from '../camera/pose.ts'
import { InvalidArgumentError } from '../errors/retinaface-error.ts'
import type { GltfBuffer } from './gltf-buffer.ts'
import type { Keyframe, MorphTarget } from './morph-targets.ts'

/**
 * Adds an animation to a glTF file: its node 0 turns with the head, the weights of that node's mesh are the
 * coefficients. Between two keyframes both go evenly.
 *
 * @throws InvalidArgumentError if there is no keyframe, or the times do not increase from 0 on.
 */
export function addAnimation(
  file: GltfBuffer,
  targets: readonly MorphTarget[],
  keyframes: readonly Keyframe[],
): object {
  checkTimes(keyframes)
  const weights = keyframes.flatMap(({ weights }) => targets.map(({ name }) => weights[name] ?? 0))
  const turns = keyframes.flatMap(({ pose }) => quaternionOf(pose))
  const input = file.addKeys(
    Float32Array.from(keyframes, ({ time }) => time),
    'SCALAR',
    true,
  )
  return {
    name: 'face',
    samplers: [
      { input, output: file.addKeys(Float32Array.from(weights), 'SCALAR') },
      { input, output: file.addKeys(Float32Array.from(turns), 'VEC4') },
    ],
    channels: [
      { sampler: 0, target: { node: 0, path: 'weights' } },
      { sampler: 1, target: { node: 0, path: 'rotation' } },
    ],
  }
}

function checkTimes(keyframes: readonly Keyframe[]): void {
  if (keyframes.length === 0) {
    throw new InvalidArgumentError('morph.keyframes', 'at least one keyframe', keyframes.length)
  }
  let before = -1
  for (const [i, { time }] of keyframes.entries()) {
    // As files keep it.
    const kept = Math.fround(time)
    if (!(kept >= 0 && kept > before && kept < Number.POSITIVE_INFINITY)) {
      const expected = i === 0 ? 'a number of seconds from 0 on' : `more than ${before} seconds`
      throw new InvalidArgumentError(`morph.keyframes[${i}].time`, expected, time)
    }
    before = kept
  }
}

/** x, y, z and w. */
function quaternionOf(pose: Pose): number[] {
  const vector = rotationVectorOfPose(pose)
  const angle = Math.hypot(...vector)
  const scale = angle > 0 ? Math.sin(angle / 2) / angle : 0
  return [...vector.map((value) => scale * value), Math.cos(angle / 2)]
}
