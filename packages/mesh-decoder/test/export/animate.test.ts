import { validateBytes } from 'gltf-validator'
import { AnimationMixer, type Mesh, Quaternion } from 'three'
import { GLTFLoader } from 'three/examples/jsm/loaders/GLTFLoader.js'
import { expect, test } from 'vitest'
import { rotationVectorOfPose } from '../../src/camera/pose.ts'
import { rotationMatrix } from '../../src/camera/rotation-matrix.ts'
import type { Keyframe } from '../../src/export/keyframe.ts'
import { writeGlb } from '../../src/export/write-glb.ts'
import { exportedFace } from '../helpers/exported-face.ts'
import { worstDifference } from '../helpers/numbers.ts'

const { positions, triangles } = exportedFace
const targets = ['jawOpen', 'mouthSmileLeft'].map((name, part) => ({
  name,
  displacements: positions.map((_, i) => (i % 3 === 1 - part && i < 900 ? -1 : 0)),
}))
const keyframes: Keyframe[] = [
  { time: 0, weights: {}, pose: { yaw: 0, pitch: 0, roll: 0 } },
  { time: 0.5, weights: { jawOpen: 0.8 }, pose: { yaw: 40, pitch: -15, roll: 10 } },
  {
    time: 1.25,
    weights: { jawOpen: 0.2, mouthSmileLeft: 1 },
    pose: { yaw: -170, pitch: 20, roll: -5 },
  },
]
const animated = (frames: readonly Keyframe[]) =>
  writeGlb({ positions, triangles }, undefined, { targets, keyframes: frames })

test('the reference validator has nothing to say', async () => {
  for (const frames of [keyframes, keyframes.slice(0, 1)]) {
    const { issues } = await validateBytes(animated(frames))
    expect(issues.messages).toEqual([])
  }
})

test('three.js plays it: weights and turns at the keyframes, and between them', async () => {
  const { scene, animations } = await new GLTFLoader().parseAsync(
    animated(keyframes).slice().buffer,
    '',
  )
  const face = scene.getObjectByProperty('isMesh', true) as Mesh
  expect(animations[0]!.duration).toBeCloseTo(1.25)
  const mixer = new AnimationMixer(scene)
  mixer.clipAction(animations[0]!).play()
  const weightsAt = (time: number) => {
    mixer.setTime(time)
    return face.morphTargetInfluences!.map((value) => Math.round(1e4 * value) / 1e4)
  }
  expect(weightsAt(0)).toEqual([0, 0])
  expect(weightsAt(0.25)).toEqual([0.4, 0])
  for (const { time, weights, pose } of keyframes.slice(0, 2)) {
    expect(weightsAt(time)).toEqual([weights.jawOpen ?? 0, weights.mouthSmileLeft ?? 0])
    scene.updateMatrixWorld()
    // three.js keeps matrices by columns.
    const rows = [0, 1, 2].flatMap((row) =>
      [0, 1, 2].map((column) => face.matrixWorld.elements[4 * column + row]!),
    )
    expect(worstDifference(rows, rotationMatrix(rotationVectorOfPose(pose)))).toBeLessThan(1e-6)
  }
  expect(weightsAt(1.2499)).toEqual([expect.closeTo(0.2, 2), expect.closeTo(1, 2)])
  const last = face.getWorldQuaternion(new Quaternion())
  expect(last.length()).toBeCloseTo(1)
})

test('keyframes that are missing or out of order are refused', () => {
  const at = (...times: number[]) => animated(times.map((time) => ({ ...keyframes[0]!, time })))
  expect(() => animated([])).toThrow('Expected at least one keyframe for morph.keyframes')
  expect(() => at(-0.1)).toThrow('a number of seconds from 0 on for morph.keyframes[0].time')
  expect(() => at(Number.NaN)).toThrow('morph.keyframes[0].time')
  expect(() => at(0, 1, 1)).toThrow('more than 1 seconds for morph.keyframes[2].time')
  expect(() => at(0, Number.POSITIVE_INFINITY)).toThrow('morph.keyframes[1].time')
})
