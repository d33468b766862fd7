import { validateBytes } from 'gltf-validator'
import { type Mesh, Vector3 } from 'three'
import { GLTFLoader } from 'three/examples/jsm/loaders/GLTFLoader.js'
import { expect, test } from 'vitest'
import { readMorphTargets, withoutExpression } from '../../src/export/morph-targets.ts'
import { writeGlb } from '../../src/export/write-glb.ts'
import { writeTensorFile } from '../../src/weights/write-tensor-file.ts'
import { exportedFace } from '../helpers/exported-face.ts'
import { readFaceTopology } from '../helpers/face-topology.ts'
import { worstDifference } from '../helpers/numbers.ts'

const topology = readFaceTopology()
const { positions, triangles, colors } = exportedFace
const coarse = topology.levels.at(-2)!.positions.length

/** The chin goes down, the corners of the mouth out, and nothing. */
const coarseMoves = [
  Float32Array.from({ length: coarse }, (_, i) => (i % 3 === 1 && i < 600 ? -2.5 : 0)),
  Float32Array.from({ length: coarse }, (_, i) => (i % 3 === 0 ? Math.sin(i) : 0)),
  new Float32Array(coarse),
]
const names = ['jawOpen', 'mouthSmileLeft', 'tongueOut']

function targetFile(shape = [3, coarse / 3, 3], metadata = JSON.stringify(names)): Uint8Array {
  const data = Float32Array.from(coarseMoves.flatMap((moves) => [...moves]))
  return writeTensorFile(
    new Map([['targets', { shape, data }]]),
    new Map([['coefficients', metadata]]),
  )
}

const targets = readMorphTargets(targetFile(), topology)

test('targets are those of the file, carried on to the finest mesh', () => {
  expect(targets.map(({ name }) => name)).toEqual(names)
  const { index, weight } = topology.upsamplings.at(-1)!
  for (const [i, { displacements }] of targets.entries()) {
    const expected = Array.from({ length: positions.length }, (_, at) => {
      const row = 3 * Math.floor(at / 3)
      const parts = [0, 1, 2].map(
        (k) => weight[row + k]! * coarseMoves[i]![3 * index[row + k]! + (at % 3)]!,
      )
      return parts.reduce((sum, part) => sum + part, 0)
    })
    expect(worstDifference(displacements, expected)).toBeLessThan(1e-6)
  }
})

test('a file of another mesh or kind is refused', () => {
  expect(() => readMorphTargets(targetFile([3, coarse / 3 / 2, 6]), topology)).toThrow(
    'targets of shape',
  )
  expect(() => readMorphTargets(targetFile(undefined, '[1]'), topology)).toThrow(
    'metadata "coefficients"',
  )
  expect(() => readMorphTargets(targetFile(undefined, '{'), topology)).toThrow(
    'metadata "coefficients"',
  )
})

test('three.js has the targets by name, and shows the face as it is', async () => {
  const weights = { jawOpen: 0.4, mouthSmileLeft: 0.9 }
  const glb = writeGlb({ positions, triangles, colors }, undefined, { targets, weights })
  const { issues } = await validateBytes(glb)
  expect(issues.messages).toEqual([])

  const { scene } = await new GLTFLoader().parseAsync(glb.slice().buffer, '')
  const mesh = scene.getObjectByProperty('isMesh', true) as Mesh
  expect(mesh.morphTargetDictionary).toEqual({ jawOpen: 0, mouthSmileLeft: 1, tongueOut: 2 })
  expect(mesh.morphTargetInfluences).toEqual([0.4, 0.9, 0])
  const shown = (influences: number[]) => {
    mesh.morphTargetInfluences = influences
    const vertex = new Vector3()
    return Array.from({ length: positions.length / 3 }, (_, i) =>
      mesh.getVertexPosition(i, vertex).toArray(),
    ).flat()
  }
  const metres = (values: Float32Array) => values.map((value) => value / 100)
  // What moves less than a twentieth of a millimetre is left out.
  expect(worstDifference(shown([0.4, 0.9, 0]), metres(positions))).toBeLessThan(1e-3)
  const neutral = withoutExpression(positions, { targets, weights })
  expect(worstDifference(shown([0, 0, 0]), metres(neutral))).toBeLessThan(1e-6)
  expect(worstDifference(shown([0, 0, 0]), metres(positions))).toBeGreaterThan(5e-3)
  const open = neutral.map((value, i) => value + targets[0]!.displacements[i]!)
  expect(worstDifference(shown([1, 0, 0]), metres(open))).toBeLessThan(1e-3)
})

test('targets of another mesh are refused', () => {
  const wrong = [{ name: 'jawOpen', displacements: new Float32Array(9) }]
  expect(() => writeGlb({ positions, triangles }, undefined, { targets: wrong })).toThrow(
    'morph.targets.jawOpen',
  )
})
