import type { Candidate } from '../candidates/decode-candidates.ts'
import { ModelMismatchError } from '../errors/detector-errors.ts'
import type { FeatureMap, FeatureMaps } from '../network/feature-map.ts'
import type { FaceFrame } from './face-frame.ts'
import type { GridPoints } from './grid-points.ts'
import type { HeadGrid } from './head-architecture.ts'

/**
 * @param reader what reads the tensor, for the message
 * @throws {ModelMismatchError} if the tensor is missing or of another size.
 */
export function expectMap(
  maps: FeatureMaps,
  tensor: string,
  channels: number,
  reader: string,
): void {
  const map = maps.get(tensor)
  if (map?.channels === channels) return
  throw new ModelMismatchError(
    `The ${reader} needs a tensor "${tensor}" of ${channels} channels, but the network has ${map ? `one of ${map.channels}` : 'none'}. Use the detector that it was trained on.`,
  )
}

/** Writes what maps hold at points on a face to `dst` from `start` on, map by map, point by point. */
export function readGrids(
  grids: readonly HeadGrid[],
  points: GridPoints,
  frame: FaceFrame,
  maps: FeatureMaps,
  dst: Float32Array,
  start: number,
): void {
  points.layOver(frame)
  let at = start
  for (const { tensor, stride, channels, activation } of grids) {
    points.read(maps.get(tensor)!, stride, activation === 'relu', dst, at)
    at += points.count * channels
  }
}

/** Writes every channel of the anchor's own cell and returns where the next number goes. */
export function readCell(
  { data, channels, columns, cellStep, channelStep }: FeatureMap,
  { row, column }: Candidate['anchor'],
  dst: Float32Array,
  start: number,
): number {
  const cell = (row * columns + column) * cellStep
  for (let channel = 0; channel < channels; channel++) {
    dst[start + channel] = data[cell + channel * channelStep]!
  }
  return start + channels
}
