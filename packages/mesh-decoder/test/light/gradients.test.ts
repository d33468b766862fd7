import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { type Surface, shade, shadeBackward } from '../../src/light/shade.ts'
import { vertexNormals, vertexNormalsBackward } from '../../src/light/vertex-normals.ts'
import {
  dot,
  finiteDifferences,
  normalNumbers,
  randomNumbers,
  worstDifference,
} from '../helpers/numbers.ts'

const triangles = Int32Array.of(0, 1, 2, 0, 2, 3, 0, 3, 4, 0, 4, 1)
const pyramid = [0, 0, 7, -6, -5, 1, 6, -5, 1, 6, 5, 1, -6, 5, 1]

function scene(seed: number) {
  const uniform = randomNumbers(seed)
  const normal = normalNumbers(uniform)
  const positions = Float32Array.from(
    pyramid,
    (x, i) => x + 0.5 * normal() - (i % 3 === 2 ? 60 : 0),
  )
  return {
    positions,
    normals: vertexNormals(positions, triangles),
    colors: Float32Array.from(pyramid, uniform),
    camera: Float32Array.of(0, 0, -60, 0, 0, 0, 3),
    light: Float32Array.from([10 * normal(), 10 * normal(), 40, 0.5, 0.6, 0.7, 0.4, 0.3, 0.2]),
    weight: Float32Array.from(pyramid, normal),
  }
}

/** True if no vertex is so near the edge of the shadow, where max(0, n · l) has a kink, to cross it. */
function awayFromTerminator(surface: Surface, light: Float32Array): boolean {
  const { positions, normals } = surface
  return [0, 3, 6, 9, 12].every((i) => {
    const way = [0, 1, 2].map((k) => light[k]! - positions[i + k]! + (k === 2 ? -60 : 0))
    return Math.abs(dot(normals.subarray(i, i + 3), way)) > 0.1 * Math.hypot(...way)
  })
}

test.prop([fc.integer()])('gradients of shading agree with finite differences', (seed) => {
  const { camera, light, weight, ...surface } = scene(seed)
  fc.pre(awayFromTerminator(surface, light))
  const gradients = {
    positions: new Float32Array(15),
    normals: new Float32Array(15),
    colors: new Float32Array(15),
    camera: new Float32Array(7),
    light: new Float32Array(9),
  }
  shadeBackward(surface, camera, light, weight, gradients)
  const loss = () => dot(shade(surface, camera, light), weight)
  const check = (name: string, actual: Float32Array, variables: Float32Array, step: number) => {
    expect(worstDifference(actual, finiteDifferences(variables, step, loss)), name).toBeLessThan(
      1e-3,
    )
  }
  check('positions', gradients.positions, surface.positions, 0.5)
  check('normals', gradients.normals, surface.normals, 0.02)
  check('colors', gradients.colors, surface.colors, 0.1)
  check('camera', gradients.camera, camera, 0.5)
  check('light position', gradients.light.subarray(0, 3), light.subarray(0, 3), 0.5)
  check('light colours', gradients.light.subarray(3), light.subarray(3), 0.1)
})

test.prop([fc.integer()])('the gradient of normals agrees with finite differences', (seed) => {
  const { positions, weight } = scene(seed)
  const byPositions = new Float32Array(15)
  vertexNormalsBackward(positions, triangles, weight, byPositions)
  const loss = () => dot(vertexNormals(positions, triangles), weight)
  expect(worstDifference(byPositions, finiteDifferences(positions, 0.1, loss))).toBeLessThan(1e-3)
})

test.prop([fc.integer()])(
  'normals have unit length and do not depend on the order of triangles',
  (seed) => {
    const { positions, normals } = scene(seed)
    for (let i = 0; i < normals.length; i += 3) {
      expect(Math.hypot(...normals.subarray(i, i + 3))).toBeCloseTo(1, 6)
    }
    const reordered = Int32Array.of(...triangles.subarray(6), ...triangles.subarray(0, 6))
    expect(worstDifference(vertexNormals(positions, reordered), normals)).toBeLessThan(1e-6)
  },
)

test('normals of a counter-clockwise triangle point at the viewer, area decides at a shared vertex', () => {
  const positions = Float32Array.of(0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 1)
  const normals = vertexNormals(positions, Int32Array.of(0, 1, 2, 0, 2, 3))
  expect([...normals.subarray(3, 6)]).toEqual([0, 0, 1])
  expect([...normals.subarray(9, 12)]).toEqual([1, 0, 0])
  expect(normals[2]! / normals[0]!).toBeCloseTo(4, 5)
})

test('a vertex without area gets (0, 0, 1) and no gradient', () => {
  const positions = Float32Array.of(1, 2, 3)
  expect([...vertexNormals(positions, new Int32Array(0))]).toEqual([0, 0, 1])
  const gradient = new Float32Array(3)
  vertexNormalsBackward(positions, new Int32Array(0), Float32Array.of(1, 1, 1), gradient)
  expect([...gradient]).toEqual([0, 0, 0])
})

test('light from behind leaves the ambient term alone', () => {
  const surface = {
    positions: Float32Array.of(0, 0, -60),
    normals: Float32Array.of(0, 0, 1),
    colors: Float32Array.of(0.5, 0.5, 0.5),
  }
  const camera = [0, 0, -60, 0, 0, 0, 3]
  expect(
    [...shade(surface, camera, [0, 0, -20, 1, 1, 1, 0.2, 0.4, 0.6])].map((x) => +x.toFixed(6)),
  ).toEqual([0.1, 0.2, 0.3])
  expect(
    [...shade(surface, camera, [0, 0, 20, 1, 1, 1, 0.2, 0.4, 0.6])].map((x) => +x.toFixed(6)),
  ).toEqual([0.6, 0.7, 0.8])
})
