import { type Pose, rotationVectorOfPose } from '../camera/pose.ts'
import type { GltfBuffer } from './gltf-buffer.ts'
import { checkKeyframes, type Keyframe } from './keyframe.ts'
import type { MorphTarget } from './morph-targets.ts'

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
  checkKeyframes('morph.keyframes', keyframes)
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

/** x, y, z and w. */
function quaternionOf(pose: Pose): number[] {
  const vector = rotationVectorOfPose(pose)
  const angle = Math.hypot(...vector)
  const scale = angle > 0 ? Math.sin(angle / 2) / angle : 0
  return [...vector.map((value) => scale * value), Math.cos(angle / 2)]
}
