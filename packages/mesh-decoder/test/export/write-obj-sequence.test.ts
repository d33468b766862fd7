import { AnimationMixer, type Mesh, Vector3 } from 'three'
import { GLTFLoader } from 'three/examples/jsm/loaders/GLTFLoader.js'
import { OBJLoader } from 'three/examples/jsm/loaders/OBJLoader.js'
import { expect, test } from 'vitest'
import type { Keyframe } from '../../src/export/keyframe.ts'
import { writeGlb } from '../../src/export/write-glb.ts'
import { writeObjSequence } from '../../src/export/write-obj-sequence.ts'
import { exportedFace } from '../helpers/exported-face.ts'
import { worstDifference } from '../helpers/numbers.ts'

const { positions, triangles } = exportedFace
const targets = ['jawOpen', 'mouthSmileLeft'].map((name, part) => ({
  name,
  displacements: positions.map((_, i) => (i % 3 === 1 - part && i < 900 ? -1 : 0)),
}))
const keyframes: Keyframe[] = [
  { time: 0.2, weights: { jawOpen: 0.1 }, pose: { yaw: 5, pitch: 0, roll: 0 } },
  { time: 0.5, weights: { jawOpen: 0.8 }, pose: { yaw: 25, pitch: 0, roll: 0 } },
  { time: 0.6, weights: { mouthSmileLeft: 1 }, pose: { yaw: 25, pitch: 0, roll: 0 } },
]
const weights = { jawOpen: 0.3 }
const morph = { targets, weights, keyframes }

test('each frame is the face that the animated GLB shows at its time', async () => {
  const frames = [...writeObjSequence({ positions, triangles }, morph, { frameRate: 25 })]
  expect(frames.map(({ number }) => number)).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16])

  const glb = writeGlb({ positions, triangles }, undefined, morph)
  const { scene, animations } = await new GLTFLoader().parseAsync(glb.slice().buffer, '')
  const face = scene.getObjectByProperty('isMesh', true) as Mesh
  const mixer = new AnimationMixer(scene)
  mixer.clipAction(animations[0]!).play()
  const vertex = new Vector3()
  for (const { number, obj } of frames.slice(0, -1)) {
    mixer.setTime((number - 1) / 25)
    scene.updateMatrixWorld()
    const shown = [...triangles].flatMap((i) =>
      face
        .getVertexPosition(i, vertex)
        .applyMatrix4(face.matrixWorld)
        .multiplyScalar(100)
        .toArray(),
    )
    const read = new OBJLoader().parse(obj).children[0] as Mesh
    expect(worstDifference(read.geometry.getAttribute('position').array, shown)).toBeLessThan(1e-3)
  }
})

test('all frames have one topology, one material and the colours of the face', () => {
  const frames = writeObjSequence(exportedFace, morph, { name: 'take', texture: 'take.png' })
  const [first, ...others] = [...frames].map(({ obj, mtl }) => ({
    fixed: obj.split('\n').filter((line) => !/^vn? /.test(line)),
    colours: obj.split('\n').flatMap((line) => (/^v /.test(line) ? line.split(' ').slice(4) : [])),
    mtl,
  }))
  expect(first!.fixed).toContain('mtllib take.mtl')
  expect(first!.colours).toHaveLength(positions.length)
  expect(others).toHaveLength(12)
  for (const other of others) expect(other).toEqual(first)
})

test('no keyframes, and rates that are not above 0, are refused', () => {
  const first = (keyframes: Keyframe[], frameRate?: number) =>
    writeObjSequence(
      { positions, triangles },
      { targets, keyframes },
      frameRate === undefined ? {} : { frameRate },
    ).next()
  expect(() => first([])).toThrow('at least one keyframe for morph.keyframes')
  for (const rate of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(() => first(keyframes, rate)).toThrow('options.frameRate')
  }
  expect(first(keyframes, 29.97).value).toMatchObject({ number: 7 })
})
