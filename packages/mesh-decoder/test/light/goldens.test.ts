import { describe, expect, test } from 'vitest'
import { shade, shadeBackward } from '../../src/light/shade.ts'
import { vertexNormals, vertexNormalsBackward } from '../../src/light/vertex-normals.ts'
import { goldenCases, goldenFaces } from '../helpers/camera-light-golden.ts'
import { worstDifference } from '../helpers/numbers.ts'

describe.each(goldenCases)('the light at yaw, pitch, roll $pose agrees with PyTorch', (golden) => {
  const surface = {
    positions: Float32Array.from(golden.inCamera),
    normals: Float32Array.from(golden.normals),
    colors: Float32Array.from(golden.colors),
  }
  const weight = Float32Array.from(golden.weight)

  test('normals and their gradient', () => {
    const { positions } = surface
    expect(worstDifference(vertexNormals(positions, goldenFaces), golden.normals)).toBeLessThan(
      2e-6,
    )
    const byPositions = new Float32Array(positions.length)
    vertexNormalsBackward(positions, goldenFaces, weight, byPositions)
    expect(worstDifference(byPositions, golden.normalGradients.positions)).toBeLessThan(1e-5)
  })

  test('shading and its gradients', () => {
    expect(
      worstDifference(shade(surface, golden.camera, golden.light), golden.shaded),
    ).toBeLessThan(1e-6)
    const gradients = {
      positions: new Float32Array(weight.length),
      normals: new Float32Array(weight.length),
      colors: new Float32Array(weight.length),
      camera: new Float32Array(7),
      light: new Float32Array(9),
    }
    shadeBackward(surface, golden.camera, golden.light, weight, gradients)
    for (const name of ['positions', 'normals', 'colors', 'camera', 'light'] as const) {
      expect(worstDifference(gradients[name], golden.shadeGradients[name]), name).toBeLessThan(1e-5)
    }
  })
})
