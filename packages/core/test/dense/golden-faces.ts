import { readFileSync } from 'node:fs'
import { type TensorFile, takeFloats } from '@retinaface/mesh-decoder'
import { expect } from 'vitest'
import type { Candidate } from '../../src/candidates/decode-candidates.ts'
import { readHeadArchitecture } from '../../src/dense/head-architecture.ts'
import type { FeatureMap } from '../../src/network/feature-map.ts'

/** A file of the repository, by its path. */
export const read = (path: string): Buffer =>
  readFileSync(new URL(`../../../../${path}`, import.meta.url))

/** A face of the goldens that training/retinaface/mesh/golden.py writes. */
export interface GoldenFace {
  readonly stride: number
  readonly centre: [number, number]
  readonly size: number
  readonly score: number
  readonly box: number[]
  readonly landmarks: number[][]
}

const wave = (channel: number, row: number, column: number) =>
  Math.abs(Math.sin(0.7 * channel + 0.31 * row - 0.17 * column))

function waveMap(channels: number, stride: number, most = 1): FeatureMap {
  const side = 128 / stride
  const data = Float32Array.from(
    { length: channels * side * side },
    (_, i) => most * wave(Math.floor(i / (side * side)), Math.floor(i / side) % side, i % side),
  )
  return { data, channels, rows: side, columns: side, cellStep: 1, channelStep: side * side }
}

/** A made-up map as the network's 1×1 convolution reduces it. */
function reducedWave(file: TensorFile, layer: string, stride: number): FeatureMap {
  const bias = takeFloats(file, `${layer}.bias`, ['outputs'])
  const weight = takeFloats(file, `${layer}.weight`, [bias.length, 'inputs'])
  const inputs = weight.length / bias.length
  const { data, rows, columns } = waveMap(inputs, stride)
  const plane = rows * columns
  const channels = bias.length
  const reduced = Float32Array.from({ length: channels * plane }, (_, i) => {
    const [cell, output] = [Math.floor(i / channels), i % channels]
    let sum = bias[output]!
    for (let k = 0; k < inputs; k++) sum += weight[output * inputs + k]! * data[k * plane + cell]!
    return sum
  })
  return { data: reduced, channels, rows, columns, cellStep: channels, channelStep: 1 }
}

/** What the head reads, of made-up maps; `white` is the largest value of the picture. */
export function mapsOf(file: TensorFile, white = 1): Map<string, FeatureMap> {
  const { own, grids } = readHeadArchitecture(file).inputs
  const map = (layer: string, stride: number, channels: number) => {
    const isReduced = file.tensors.has(`${layer}.bias`)
    if (isReduced) return reducedWave(file, layer, stride)
    return waveMap(channels, stride, stride === 1 ? white : 1)
  }
  return new Map([
    ...Object.entries(own.tensors).map(([stride, tensor]) => {
      return [tensor, map('reduce.own', Number(stride), own.channels)] as const
    }),
    ...grids.map(({ tensor, stride, channels }) => {
      return [tensor, map(`reduce.${tensor.replace('_reduced', '')}`, stride, channels)] as const
    }),
  ])
}

export function candidateOf(face: GoldenFace, i: number): Candidate {
  return {
    score: face.score,
    box: Float64Array.from(face.box),
    landmarks: Float64Array.from(face.landmarks.flat()),
    anchor: {
      stride: face.stride,
      // Where the golden's own features are from.
      row: 2 + i,
      column: 3,
      index: 0,
      centreX: face.centre[0],
      centreY: face.centre[1],
      size: face.size,
    },
  }
}

export function expectNear(
  actual: ArrayLike<number>,
  expected: readonly number[],
  bound: number,
): void {
  expect(actual.length).toBe(expected.length)
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i]! - value)).toBeLessThan(bound * Math.max(1, Math.abs(value)))
  })
}
