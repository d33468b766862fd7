import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { toScreen } from '../../src/camera/pinhole.ts'
import { createRasterTarget } from '../../src/raster/raster-target.ts'
import { rasterize } from '../../src/raster/rasterize.ts'
import { renderPixels, renderPixelsBackward } from '../../src/raster/render-pixels.ts'
import { visiblePixels } from '../../src/raster/visible-pixels.ts'
import { pixelLoss, pixelLossWeights } from '../../src/refine/pixel-loss.ts'
import {
  dot,
  finiteDifferences,
  normalNumbers,
  randomNumbers,
  worstDifference,
} from '../helpers/numbers.ts'

const SIZE = 16

/** A tilted fan of four triangles that fills most of a small picture. */
function scene(seed: number) {
  const uniform = randomNumbers(seed)
  const normal = normalNumbers(uniform)
  const fan = [0, 0, 2, -7, -7, 0, 7, -7, 0, 7, 7, 0, -7, 7, 0]
  const positions = Float32Array.from(fan, (x, i) => x + 0.5 * normal() - (i % 3 === 2 ? 20 : 0))
  const triangles = Int32Array.of(0, 1, 2, 0, 2, 3, 0, 3, 4, 0, 4, 1)
  const pinhole = { focalLength: 20, principalX: 8, principalY: 8 }
  const colors = Float32Array.from(fan, uniform)
  const target = createRasterTarget(SIZE, SIZE)
  rasterize({ positions, triangles, colors }, pinhole, target)
  const visible = visiblePixels(target, () => true)
  const weight = Float32Array.from({ length: visible.pixels.length * 3 }, normal)
  return {
    mesh: { screen: toScreen(positions, pinhole), colors, triangles },
    visible,
    target,
    weight,
  }
}

test.prop([fc.integer()])('colours at known triangles are those the rasteriser draws', (seed) => {
  const { mesh, visible, target } = scene(seed)
  const rendered = renderPixels(mesh, visible)
  expect(visible.pixels.length).toBeGreaterThan(100)
  visible.pixels.forEach((pixel, i) => {
    for (let c = 0; c < 3; c++) {
      expect(Math.abs(target.rgba[pixel * 4 + c]! - 255 * rendered[i * 3 + c]!)).toBeLessThan(0.51)
    }
  })
})

test.prop([fc.integer()])('gradients of the colours agree with finite differences', (seed) => {
  const { mesh, visible, weight } = scene(seed)
  const byScreen = new Float32Array(15)
  const byColors = new Float32Array(15)
  renderPixelsBackward(mesh, visible, weight, byScreen, byColors)
  const loss = () => dot(renderPixels(mesh, visible), weight)
  expect(worstDifference(byScreen, finiteDifferences(mesh.screen, 0.05, loss))).toBeLessThan(1e-3)
  expect(worstDifference(byColors, finiteDifferences(mesh.colors, 0.1, loss))).toBeLessThan(1e-3)
})

test.prop([fc.integer()])('the gradient of L_pixel agrees with finite differences', (seed) => {
  const { mesh, visible } = scene(seed)
  const rendered = renderPixels(mesh, visible).subarray(0, 60)
  const seen = Float32Array.from(rendered, randomNumbers(seed + 1))
  const weights = pixelLossWeights(rendered, seen)
  const gradient = weights.map((weight, i) => weight * (rendered[i]! - seen[i]!))
  const expected = finiteDifferences(rendered, 2e-3, () => pixelLoss(rendered, seen))
  expect(worstDifference(gradient, expected)).toBeLessThan(1e-3)
})

test('L_pixel is zero for equal pictures and nears the mean absolute difference for unequal ones', () => {
  const black = new Float32Array(9)
  expect(pixelLoss(black, black)).toBe(0)
  expect(
    pixelLoss(
      black,
      black.map(() => 5),
    ),
  ).toBeCloseTo(4.95, 3)
})
