import { fc } from '@fast-check/vitest'
import type { HeadName, ModelConfiguration } from '../../src/index.ts'
import type { OutputTensor } from '../../src/network/bind-outputs.ts'

/** A face that a network is made to see, in coordinates of its input. */
export interface PlantedFace {
  readonly level: number
  readonly row: number
  readonly column: number
  /** Which of the cell's anchors. */
  readonly index: number
  readonly score: number
  readonly box: readonly [number, number, number, number]
  /** x0, y0, …, x4, y4. */
  readonly landmarks: readonly number[]
}

export interface Size {
  readonly width: number
  readonly height: number
}

export const featureChannels = 5

/** The feature that the planted network gives channel `channel` of a cell. */
export function plantedFeature(row: number, column: number, channel: number): number {
  return row * 1000 + column + channel / 8
}

function gridOf(configuration: ModelConfiguration, size: Size, level: number) {
  const { stride, sizes } = configuration.levels[level]!
  const rows = Math.ceil(size.height / stride)
  const columns = Math.ceil(size.width / stride)
  return { rows, columns, anchors: sizes.length }
}

export function anchorOf(
  configuration: ModelConfiguration,
  face: PlantedFace,
): { x: number; y: number; side: number } {
  const { stride, sizes } = configuration.levels[face.level]!
  const { strides, pixels } = configuration.anchorCentre
  return {
    x: stride * (face.column + strides) + pixels,
    y: stride * (face.row + strides) + pixels,
    side: sizes[face.index]!,
  }
}

/** What the network must predict at the face's anchor: the inverse of decoding. */
function encode(
  configuration: ModelConfiguration,
  face: PlantedFace,
): Record<HeadName | 'objectness', number[]> {
  const { names, score: scores } = configuration.outputs
  const { boxCentreVariance, boxSizeVariance, landmarkVariance, pixelConvention } = configuration
  const { x, y, side } = anchorOf(configuration, face)
  const [x1, y1, x2, y2] = face.box
  const last = pixelConvention === 'indices' ? 1 : 0
  const given = (probability: number) =>
    scores.values === 'logit' ? Math.log(probability / (1 - probability)) : probability
  // Their product is the score's square, and neither is the score.
  const both = [given(face.score ** 1.5), given(face.score ** 0.5)]
  const isSplit = names.objectness !== undefined
  const score = {
    'background-and-face': [1 - face.score, face.score],
    face: [given(face.score)],
    'class-and-objectness': isSplit ? both.slice(0, 1) : both,
  }[scores.channels]
  return {
    score,
    objectness: isSplit ? both.slice(1) : [],
    box: [
      ((x1 + x2) / 2 - x) / side / boxCentreVariance,
      ((y1 + y2) / 2 - y) / side / boxCentreVariance,
      Math.log((x2 - x1 + last) / side) / boxSizeVariance,
      Math.log((y2 - y1 + last) / side) / boxSizeVariance,
    ],
    landmarks: face.landmarks.map((v, i) => (v - (i % 2 ? y : x)) / side / landmarkVariance),
  }
}

const nowhere: PlantedFace = {
  level: 0,
  row: 0,
  column: 0,
  index: 0,
  score: 0.5,
  box: [0, 0, 1, 1],
  landmarks: Array<number>(10).fill(0),
}

/** The outputs of a network that sees exactly these faces (and scores 0 elsewhere). */
export function plantOutputs(
  configuration: ModelConfiguration,
  size: Size,
  faces: readonly PlantedFace[],
): Record<string, OutputTensor> {
  const { layout, names, contextFeatures } = configuration.outputs
  const grids = configuration.levels.map((_, level) => gridOf(configuration, size, level))
  const tensors: Record<string, OutputTensor & { data: Float32Array }> = {}
  const tensor = (name: string, dims: number[]) => {
    const length = dims.reduce((product, dim) => product * dim, 1)
    tensors[name] ??= { type: 'float32', dims, data: new Float32Array(length) }
    return tensors[name]
  }
  if (layout === 'cells') plantCells(configuration, size, faces, tensor)
  const anchorsBefore = (level: number) =>
    grids.slice(0, level).reduce((n, grid) => n + grid.rows * grid.columns * grid.anchors, 0)
  const heads = layout === 'cells' ? [] : (Object.keys(names) as (HeadName | 'objectness')[])
  for (const head of heads) {
    const k = encode(configuration, nowhere)[head].length
    grids.forEach(({ rows, columns, anchors }, level) => {
      const name = names[head]!.replace('{stride}', String(configuration.levels[level]!.stride))
      const isFlat = layout === 'flat'
      const dims = {
        flat: [1, anchorsBefore(grids.length), k],
        rows: [1, rows * columns * anchors, k],
        maps: [1, anchors * k, rows, columns],
      }[layout as 'flat' | 'rows' | 'maps']
      const { data } = tensor(name, dims)
      for (const face of faces.filter((planted) => planted.level === level)) {
        encode(configuration, face)[head].forEach((value, component) => {
          const cell = face.row * columns + face.column
          // Backgrounds of all anchors come before all faces; boxes and landmarks go by anchor.
          const channel =
            head === 'score' ? component * anchors + face.index : face.index * k + component
          const anchor = (isFlat ? anchorsBefore(level) : 0) + cell * anchors + face.index
          const at = layout === 'maps' ? channel * rows * columns + cell : anchor * k + component
          data[at] = value
        })
      }
    })
  }
  if (contextFeatures) {
    grids.forEach((grid, level) => {
      plantFeatures(configuration, level, grid, tensor)
    })
  }
  return tensors
}

/** One tensor a level, a cell's predictions side by side, scores as log-odds. */
function plantCells(
  configuration: ModelConfiguration,
  size: Size,
  faces: readonly PlantedFace[],
  tensor: (name: string, dims: number[]) => { data: Float32Array },
): void {
  configuration.levels.forEach(({ stride }, level) => {
    const { rows, columns, anchors } = gridOf(configuration, size, level)
    const name = configuration.outputs.names.score.replace('{stride}', String(stride))
    const { data } = tensor(name, [1, rows, columns, anchors * 15])
    const cells = Array.from({ length: rows * columns }, (_, cell) => cell * anchors * 15)
    for (const cell of cells) data.fill(Number.NEGATIVE_INFINITY, cell, cell + anchors)
    for (const face of faces.filter((planted) => planted.level === level)) {
      const {
        score: [score],
        box,
        landmarks,
      } = encode(configuration, face)
      const cell = cells[face.row * columns + face.column]!
      data[cell + face.index] = score!
      data.set(box, cell + anchors + 4 * face.index)
      data.set(landmarks, cell + 5 * anchors + 10 * face.index)
    }
  })
}

function plantFeatures(
  { outputs, levels }: ModelConfiguration,
  level: number,
  { rows, columns }: { rows: number; columns: number },
  tensor: (name: string, dims: number[]) => { data: Float32Array },
): void {
  const name = outputs.contextFeatures!.replace('{stride}', String(levels[level]!.stride))
  const { data } = tensor(name, [1, featureChannels, rows, columns])
  for (let i = 0; i < data.length; i++) {
    const cell = i % (rows * columns)
    const channel = Math.floor(i / (rows * columns))
    data[i] = plantedFeature(Math.floor(cell / columns), cell % columns, channel)
  }
}

/** Faces with different scores on different anchors, each within reach of its anchor. */
export function plantedFaces(
  configuration: ModelConfiguration,
  size: Size,
  maxLength = 12,
): fc.Arbitrary<PlantedFace[]> {
  const unit = fc.double({ min: -1, max: 1, noNaN: true })
  const anchor = fc.nat(configuration.levels.length - 1).chain((level) => {
    const { rows, columns, anchors } = gridOf(configuration, size, level)
    return fc.record({
      level: fc.constant(level),
      row: fc.nat(rows - 1),
      column: fc.nat(columns - 1),
      index: fc.nat(anchors - 1),
      // Never a threshold itself, where rounding would decide.
      score: fc.integer({ min: 0, max: 1000 }).map((level) => (level + 0.3) / 1001),
      box: fc.tuple(unit, unit, unit, unit),
      landmarks: fc.array(unit, { minLength: 10, maxLength: 10 }),
    })
  })
  return fc
    .uniqueArray(anchor, {
      maxLength,
      selector: (a) => `${a.level},${a.row},${a.column},${a.index}`,
    })
    .filter((found) => new Set(found.map(({ score }) => score)).size === found.length)
    .map((found) => found.map((face) => spreadAround(configuration, face)))
}

function spreadAround(configuration: ModelConfiguration, face: PlantedFace): PlantedFace {
  const { x, y, side } = anchorOf(configuration, face)
  const [dx, dy, dw, dh] = face.box
  const halfWidth = (side * 2 ** dw) / 2
  const halfHeight = (side * 2 ** dh) / 2
  const [cx, cy] = [x + (dx * side) / 2, y + (dy * side) / 2]
  return {
    ...face,
    box: [cx - halfWidth, cy - halfHeight, cx + halfWidth, cy + halfHeight],
    landmarks: face.landmarks.map((v, i) => (i % 2 ? y : x) + v * side),
  }
}
