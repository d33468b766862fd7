import type { KernelBackend, TensorFile } from '@retinaface/mesh-decoder'
import type { FeatureMap } from '../network/feature-map.ts'
import type { FaceFrame } from './face-frame.ts'
import { GridPoints } from './grid-points.ts'
import type { FacePatch, HeadArchitecture, PatchArchitecture } from './head-architecture.ts'
import { HeadProjection } from './head-projection.ts'
import { LinearShape } from './linear-shape.ts'
import { PatchTower } from './patch-tower.ts'

/**
 * Landmarks of mouth, eyes and brows, and irises, found in patches of the picture.
 *
 * Each patch lies in the plane of the face where the dense head's answer puts that part of it, so a network
 * sees lips of much the same place, size and turn whatever the head's pose. What it finds does not depend
 * on the expression of that answer.
 */
export class PatchLandmarks {
  private readonly architecture: PatchArchitecture
  private readonly middles: LinearShape
  private readonly projection = new HeadProjection()
  /** Of the patch at hand, canonical centimetres. */
  private readonly middle = new Float64Array(3)
  private readonly towers: ReadonlyMap<string, PatchTower>
  private readonly samples: readonly GridPoints[]
  /** u0, v0, u1, v1, … of the landmarks that were found last, patch by patch, in the face's frame. */
  readonly points: Float64Array
  /** The same of the middles of the irises: the right one, then the left one. */
  readonly irises: Float64Array = new Float64Array(4)
  /** What the networks' hidden layers said of each patch. */
  readonly features: Float32Array

  /** @throws {WeightFileError} if a tensor is missing or of another shape. */
  constructor(file: TensorFile, architecture: PatchArchitecture, backend?: KernelBackend) {
    const { patches, towers } = architecture
    this.architecture = architecture
    this.middles = new LinearShape(file, 'patches.middles', patches.length)
    this.towers = new Map(
      Object.entries(towers).map(([name, steps]) => {
        const patch = patches.find(({ tower }) => tower === name)!
        return [name, new PatchTower(file, `patches.${name}`, steps, patch, backend)]
      }),
    )
    this.samples = patches.map(({ rows, columns }) => {
      return new GridPoints(new Float64Array(2 * rows * columns))
    })
    this.points = new Float64Array(2 * patches.reduce((sum, { points }) => sum + points, 0))
    const widths = patches.map(({ tower }) => this.towers.get(tower)!.features.length)
    this.features = new Float32Array(widths.reduce((sum, width) => sum + width, 0))
  }

  /**
   * Looks at a face and leaves what it finds in {@link points}, {@link irises} and {@link features}.
   *
   * @param raw the dense head's outputs
   * @param offset from the anchor's centre to the face's, in the face's axes, over the face's size
   * @param picture the network's input, in network pixels
   */
  find(
    raw: Float32Array,
    offset: readonly [number, number],
    outputs: HeadArchitecture['outputs'],
    frame: FaceFrame,
    picture: FeatureMap,
  ): void {
    this.projection.take(raw, offset, outputs)
    let [at, iris, feature] = [0, 0, 0]
    for (const [i, patch] of this.architecture.patches.entries()) {
      const tower = this.towers.get(patch.tower)!
      const grid = this.samples[i]!
      this.middles.write(i, raw, this.middle)
      this.layPatch(patch, grid.points)
      grid.layOver(frame)
      grid.read(picture, 1, false, tower.input, 0)
      normalise(tower.input, this.architecture.leastDeviation)
      tower.run()
      const toFace = patchFrame(patch, grid.points)
      for (let point = 0; point < patch.points; point++, at += 2) {
        toFace(tower.output, point, this.points, at)
      }
      // Networks of eyes find the iris too.
      if (tower.output.length > 2 * patch.points) {
        toFace(tower.output, patch.points, this.irises, iris)
        iris += 2
      }
      this.features.set(tower.features, feature)
      feature += tower.features.length
    }
  }

  /** Writes u and v of the middles of the parts that an answer has, patch by patch, in the face's frame. */
  writeMiddles(
    raw: Float32Array,
    offset: readonly [number, number],
    outputs: HeadArchitecture['outputs'],
    dst: Float64Array,
  ): void {
    const { projection, middles, middle } = this
    projection.take(raw, offset, outputs)
    for (let i = 0; i < middles.points; i++) {
      middles.write(i, raw, middle)
      projection.project(middle[0]!, middle[1]!, middle[2]!, dst, 2 * i)
    }
  }

  /** Writes where the samples of a patch are, in the face's frame. */
  private layPatch({ columns, rows, first, last }: FacePatch, dst: Float64Array): void {
    const { projection, middle } = this
    const across = (last[0] - first[0]) / (columns - 1)
    const up = (last[1] - first[1]) / (rows - 1)
    const [left, top, depth] = [middle[0]! + first[0], middle[1]! + first[1], middle[2]!]
    for (let row = 0, at = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++, at += 2) {
        projection.project(left + across * column, top + up * row, depth, dst, at)
      }
    }
  }
}

/** Brings values to mean 0 and, nearly, deviation 1, whatever the light. */
function normalise(values: Float32Array, leastDeviation: number): void {
  const count = values.length
  let sum = 0
  for (let i = 0; i < count; i++) sum += values[i]!
  const mean = sum / count
  let squares = 0
  for (let i = 0; i < count; i++) squares += (values[i]! - mean) ** 2
  const scale = 1 / (Math.sqrt(squares / (count - 1)) + leastDeviation)
  for (let i = 0; i < count; i++) values[i] = (values[i]! - mean) * scale
}

/** Writes a point that is in columns and rows of a patch to where it is in the face's frame. */
type ToFace = (found: Float32Array, point: number, dst: Float64Array, at: number) => void

/** By the affine map that the corners of the patch give. */
function patchFrame({ columns, rows }: FacePatch, samples: Float64Array): ToFace {
  const corners = [0, columns - 1, (rows - 1) * columns, rows * columns - 1]
  const maps = [0, 1].map((axis) => {
    const [a, b, c, d] = corners.map((i) => samples[2 * i + axis]!)
    const across = (b! - a! + d! - c!) / 2 / (columns - 1)
    const down = (c! - a! + d! - b!) / 2 / (rows - 1)
    return { across, down, middle: (a! + b! + c! + d!) / 4 }
  })
  return (found, point, dst, at) => {
    const column = found[2 * point]! - (columns - 1) / 2
    const row = found[2 * point + 1]! - (rows - 1) / 2
    for (const [axis, { across, down, middle }] of maps.entries()) {
      dst[at + axis] = middle + across * column + down * row
    }
  }
}
