import {
  clearRasterTarget,
  createRasterTarget,
  type RasterTarget,
} from '../raster/raster-target.ts'
import { rasterize } from '../raster/rasterize.ts'
import { renderPixels } from '../raster/render-pixels.ts'
import { type VisiblePixels, visiblePixels } from '../raster/visible-pixels.ts'
import type { AnchorCrop } from './anchor-crop.ts'
import type { FaceChain } from './face-chain.ts'
import type { LandmarkRows } from './landmark-rows.ts'
import { Linearization } from './linearization.ts'
import type { ObjectiveParts } from './objective-parts.ts'
import { pixelLoss } from './pixel-loss.ts'

/** The parts of an objective's value. */
export interface ObjectiveValue {
  /** What refinement lowers: L_pixel, the prior and the landmarks; +∞ where it has no meaning. */
  readonly objective: number
  /** L_pixel alone. */
  readonly loss: number
}

/** L_pixel on a crop plus a prior and landmarks, as a function of a face's flat parameters. */
export class Objective {
  readonly #parts: ObjectiveParts
  readonly #target: RasterTarget

  constructor(parts: ObjectiveParts) {
    this.#parts = parts
    this.#target = createRasterTarget(parts.crop.size, parts.crop.size)
  }

  /** The value at some parameters, with the pixels found that show the face there. */
  evaluate(parameters: Float32Array): ObjectiveValue {
    const { probe, crop, landmarks } = this.#parts
    const mesh = probe.forward(parameters)
    const visible = this.#visible(probe)
    const loss = pixelLoss(renderPixels(mesh, visible), seenColors(crop, visible))
    const objective =
      loss + this.#priorTerm(parameters) + (landmarks ? landmarkTerm(landmarks, mesh.screen) : 0)
    return { objective: Number.isFinite(objective) ? objective : Number.POSITIVE_INFINITY, loss }
  }

  /** The quadratic that the objective is near to some parameters. */
  linearize(parameters: Float32Array): Linearization {
    const { chain, crop } = this.#parts
    chain.forward(parameters)
    const visible = this.#visible(chain)
    return new Linearization(this.#parts, parameters, visible, seenColors(crop, visible))
  }

  #visible({ positions, mesh, pinhole }: FaceChain): VisiblePixels {
    const { crop } = this.#parts
    clearRasterTarget(this.#target)
    rasterize({ positions, triangles: mesh.triangles }, pinhole, this.#target)
    return visiblePixels(this.#target, (pixel) => !Number.isNaN(crop.colors[pixel * 3]))
  }

  #priorTerm(parameters: Float32Array): number {
    const { mean, deviation } = this.#parts.prior
    let sum = 0
    for (let i = 0; i < parameters.length; i++) {
      sum += ((parameters[i]! - mean[i]!) / deviation[i]!) ** 2
    }
    return (this.#parts.priorWeight * sum) / 2
  }
}

function seenColors(crop: AnchorCrop, { pixels }: VisiblePixels): Float32Array {
  return Float32Array.from({ length: pixels.length * 3 }, (_, i) => {
    return crop.colors[pixels[Math.floor(i / 3)]! * 3 + (i % 3)]!
  })
}

function landmarkTerm({ vertices, points, weight }: LandmarkRows, screen: Float32Array): number {
  let sum = 0
  for (let i = 0; i < points.length; i++) {
    sum += (screen[vertices[i >> 1]! * 3 + (i & 1)]! - points[i]!) ** 2
  }
  return (weight * sum) / 2
}
