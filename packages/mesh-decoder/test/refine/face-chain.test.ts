import { describe, expect, test } from 'vitest'
import { vertexNormals } from '../../src/light/vertex-normals.ts'
import { createRasterTarget } from '../../src/raster/raster-target.ts'
import { rasterize } from '../../src/raster/rasterize.ts'
import { renderPixels, renderPixelsBackward } from '../../src/raster/render-pixels.ts'
import { visiblePixels } from '../../src/raster/visible-pixels.ts'
import { cropAround } from '../../src/refine/anchor-crop.ts'
import { FaceChain } from '../../src/refine/face-chain.ts'
import { type FaceParameters, flatten } from '../../src/refine/face-parameters.ts'
import { pixelLoss, pixelLossWeights } from '../../src/refine/pixel-loss.ts'
import { readFaceTopology } from '../helpers/face-topology.ts'
import { LinearDecoder } from '../helpers/linear-decoder.ts'
import {
  dot,
  finiteDifferences,
  normalNumbers,
  randomNumbers,
  worstDifference,
} from '../helpers/numbers.ts'
import { syntheticScene } from '../helpers/synthetic-scene.ts'

const { positions, triangles } = readFaceTopology().levels.at(-1)!
const decoder = new LinearDecoder(positions, 8)

const SIZE = 192

/** Parts of the parameters that share a unit, with the step of their finite differences. */
const parts = [
  { name: 'P_ST', from: 0, to: 8, step: 0.02 },
  { name: 'place', from: 8, to: 11, step: 0.02 },
  { name: 'rotation', from: 11, to: 14, step: 2e-3 },
  { name: 'focal length', from: 14, to: 15, step: 0.005 },
  { name: 'light position', from: 15, to: 18, step: 0.3 },
  { name: 'light colours', from: 18, to: 24, step: 0.02 },
]

/** Of a triangle on the screen, pixels: one seen edge-on is too far from linear to be differenced. */
function areaOf(screen: Float32Array, corners: Int32Array): number {
  const [ax, ay, bx, by, cx, cy] = [...corners].flatMap((vertex) => [
    screen[vertex * 3]!,
    screen[vertex * 3 + 1]!,
  ]) as [number, number, number, number, number, number]
  return Math.abs((bx - ax) * (cy - ay) - (by - ay) * (cx - ax)) / 2
}

/** For each vertex whether it is so far from the shadow's edge that small moves do not cross it. */
function awayFromTerminator(inCamera: Float32Array, { camera, light }: FaceParameters): boolean[] {
  const normals = vertexNormals(inCamera, triangles)
  return Array.from({ length: inCamera.length / 3 }, (_, vertex) => {
    const at = [0, 1, 2].map((k) => camera[k]! + light[k]! - inCamera[vertex * 3 + k]!)
    const facing = dot(normals.subarray(vertex * 3, vertex * 3 + 3), at)
    return Math.abs(facing) > 0.05 * Math.hypot(...at)
  })
}

describe.each([1, 2, 3])('face %i', (seed) => {
  const { image, anchor, start } = syntheticScene(decoder, triangles, seed)
  const crop = cropAround(image, Float32Array.of(20, 20, 0, 108, 108, 0), SIZE)
  const chain = new FaceChain({ decoder, triangles, anchor }, crop)
  const parameters = flatten(start)

  function expectGradient(gradient: Float32Array, loss: () => number, widen = 1) {
    for (const { name, from, to, step } of parts) {
      const expected = finiteDifferences(parameters.subarray(from, to), widen * step, loss)
      expect(worstDifference(gradient.subarray(from, to), expected), name).toBeLessThan(1e-3)
    }
  }

  test('gradients through camera, light, normals and decoder agree with finite differences', () => {
    const normal = normalNumbers(randomNumbers(seed))
    const { screen, colors } = chain.forward(parameters)
    const smooth = awayFromTerminator(chain.positions, start)
    const byScreen = screen.map(normal)
    const byColors = colors.map((_, i) => (smooth[Math.floor(i / 3)] ? 30 * normal() : 0))
    const gradient = chain.backward(byScreen, byColors)
    const loss = () => {
      const mesh = chain.forward(parameters)
      return dot(mesh.screen, byScreen) + dot(mesh.colors, byColors)
    }
    // Without pixels, all is smoother than float32's noise is small: differences can be wider.
    expectGradient(gradient, loss, 3)
  })

  test('the gradient of L_pixel by all parameters agrees with finite differences', () => {
    const mesh = chain.forward(parameters)
    const target = createRasterTarget(SIZE, SIZE)
    rasterize({ positions: chain.positions, triangles }, chain.pinhole, target)
    const smooth = awayFromTerminator(chain.positions, start)
    const visible = visiblePixels(target, (pixel) => {
      const face = target.triangleIndex[pixel]! * 3
      const corners = triangles.subarray(face, face + 3)
      return corners.every((vertex) => smooth[vertex]) && areaOf(mesh.screen, corners) > 3
    })
    expect(visible.pixels.length).toBeGreaterThan(5000)
    const wanted = Float32Array.from(
      [...visible.pixels].flatMap((pixel) => [...crop.colors.subarray(pixel * 3, pixel * 3 + 3)]),
    )
    const rendered = renderPixels(mesh, visible)
    const weights = pixelLossWeights(rendered, wanted)
    const byRendered = weights.map((weight, i) => weight * (rendered[i]! - wanted[i]!))
    const byScreen = new Float32Array(mesh.screen.length)
    const byColors = new Float32Array(mesh.colors.length)
    renderPixelsBackward(mesh, visible, byRendered, byScreen, byColors)
    const gradient = chain.backward(byScreen, byColors)
    expectGradient(gradient, () =>
      pixelLoss(renderPixels(chain.forward(parameters), visible), wanted),
    )
  })
})
