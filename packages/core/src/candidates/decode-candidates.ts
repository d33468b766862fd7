import { ModelMismatchError } from '../errors/detector-errors.ts'
import type { HeadView, LevelOutputs } from '../network/head-outputs.ts'
import type { ModelConfiguration } from '../network/model-configuration.ts'

/** One anchor that scored, in the coordinates of the network's input. */
export interface Candidate {
  readonly score: number
  /** x1, y1, x2, y2. */
  readonly box: Float64Array
  /** x0, y0, …, x4, y4. */
  readonly landmarks: Float64Array
  readonly anchor: CandidateAnchor
  /** Context features of the anchor's cell, when asked for and given out by the network. */
  readonly contextFeatures?: Float32Array
}

/** The anchor that a candidate was decoded from, in the coordinates of the network's input. */
export interface CandidateAnchor {
  readonly stride: number
  readonly row: number
  readonly column: number
  /** Which of the cell's anchors. */
  readonly index: number
  readonly centreX: number
  readonly centreY: number
  readonly size: number
}

interface Scored {
  readonly score: number
  readonly levelIndex: number
  readonly cell: number
  readonly index: number
}

/**
 * Turns a run's outputs into candidates of at least `scoreThreshold`, the best first, at most `limit`.
 *
 * The threshold and the limit apply before any box is computed. Equal scores keep the order of level,
 * anchor and cell, so the result is the same on every run.
 *
 * @throws {ModelMismatchError} if a box or landmark that counts is not finite
 */
export function decodeCandidates(
  configuration: ModelConfiguration,
  levels: readonly LevelOutputs[],
  scoreThreshold: number,
  limit: number,
  withFeatures: boolean,
): Candidate[] {
  const { values } = configuration.outputs.score
  const scored = levels.flatMap((level, i) => scanScores(level, i, values, scoreThreshold))
  scored.sort((a, b) => b.score - a.score)
  return scored
    .slice(0, limit)
    .map((entry) => decodeOne(configuration, levels[entry.levelIndex]!, entry, withFeatures))
}

type ScoreValues = ModelConfiguration['outputs']['score']['values']

function scanScores(
  outputs: LevelOutputs,
  levelIndex: number,
  values: ScoreValues,
  threshold: number,
): Scored[] {
  const { score: face, objectness, level } = outputs
  const { data, start, anchorStep, cellStep } = face
  const cells = outputs.rows * outputs.columns
  // Objectness is 1 at most, so √(class · objectness) reaches the threshold only where class reaches
  // its square. Nearly all cells end here, without an exponential.
  const leastProbability = objectness ? threshold ** 2 : threshold
  const least = values === 'logit' ? toLogit(leastProbability) : leastProbability
  const found: Scored[] = []
  for (let index = 0; index < level.sizes.length; index++) {
    for (let cell = 0, at = start + index * anchorStep; cell < cells; cell++, at += cellStep) {
      const value = data[at]!
      if (!(value >= least)) continue
      const score = scoreOf(value, objectness && valueAt(objectness, index, cell), values)
      // At the threshold itself, rounding decides nothing: one number was compared above as it is.
      if (!objectness || score >= threshold) found.push({ score, levelIndex, cell, index })
    }
  }
  return found
}

function scoreOf(face: number, objectness: number | undefined, values: ScoreValues): number {
  const probability = values === 'logit' ? fromLogit : (value: number) => value
  if (objectness === undefined) return probability(face)
  return Math.sqrt(probability(face) * probability(objectness))
}

function valueAt({ data, start, anchorStep, cellStep }: HeadView, index: number, cell: number) {
  return data[start + index * anchorStep + cell * cellStep]!
}

function toLogit(probability: number): number {
  return Math.log(probability / (1 - probability))
}

function fromLogit(logit: number): number {
  return 1 / (1 + Math.exp(-logit))
}

function decodeOne(
  configuration: ModelConfiguration,
  outputs: LevelOutputs,
  { score, cell, index }: Scored,
  withFeatures: boolean,
): Candidate {
  const { stride, sizes } = outputs.level
  const { strides, pixels } = configuration.anchorCentre
  const row = Math.floor(cell / outputs.columns)
  const column = cell % outputs.columns
  const anchor: CandidateAnchor = {
    stride,
    row,
    column,
    index,
    centreX: (column + strides) * stride + pixels,
    centreY: (row + strides) * stride + pixels,
    size: sizes[index]!,
  }
  const box = decodeBox(configuration, outputs, cell, anchor)
  const landmarks = decodeLandmarks(configuration, outputs, cell, anchor)
  if (!box.every(Number.isFinite) || !landmarks.every(Number.isFinite)) {
    throw new ModelMismatchError(
      `The network gave a face whose box or landmarks are not finite numbers (stride ${stride}, row ${row}, column ${column}). Check that its file is whole and that the configuration "${configuration.name}" is the one that it was exported with.`,
    )
  }
  const candidate = { score, box, landmarks, anchor }
  return withFeatures && outputs.contextFeatures
    ? { ...candidate, contextFeatures: readFeatures(outputs.contextFeatures, cell) }
    : candidate
}

function decodeBox(
  { boxCentreVariance, boxSizeVariance, pixelConvention }: ModelConfiguration,
  { box: { data, start, anchorStep, cellStep, componentStep } }: LevelOutputs,
  cell: number,
  { index, size, centreX, centreY }: CandidateAnchor,
): Float64Array {
  const at = start + index * anchorStep + cell * cellStep
  const x = centreX + data[at]! * boxCentreVariance * size
  const y = centreY + data[at + componentStep]! * boxCentreVariance * size
  const width = size * Math.exp(data[at + 2 * componentStep]! * boxSizeVariance)
  const height = size * Math.exp(data[at + 3 * componentStep]! * boxSizeVariance)
  const inclusive = pixelConvention === 'indices' ? 1 : 0
  const halfWidth = (width - inclusive) / 2
  const halfHeight = (height - inclusive) / 2
  return Float64Array.of(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight)
}

function decodeLandmarks(
  { landmarkVariance }: ModelConfiguration,
  { landmarks: { data, start, anchorStep, cellStep, componentStep } }: LevelOutputs,
  cell: number,
  { index, size, centreX, centreY }: CandidateAnchor,
): Float64Array {
  const points = new Float64Array(10)
  let at = start + index * anchorStep + cell * cellStep
  for (let i = 0; i < 10; i++, at += componentStep) {
    points[i] = (i % 2 === 0 ? centreX : centreY) + data[at]! * landmarkVariance * size
  }
  return points
}

function readFeatures(
  { data, channels }: { data: Float32Array; channels: number },
  cell: number,
): Float32Array {
  const cells = data.length / channels
  const vector = new Float32Array(channels)
  for (let channel = 0, at = cell; channel < channels; channel++, at += cells) {
    vector[channel] = data[at]!
  }
  return vector
}
