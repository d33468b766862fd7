import { readFileSync } from 'node:fs'
import { readTensorFile, takeFloats, WeightFileError } from '@retinaface/mesh-decoder'
import { describe, expect, test } from 'vitest'
import type { Candidate } from '../../src/candidates/decode-candidates.ts'
import { DenseHead } from '../../src/dense/dense-head.ts'
import { readHeadArchitecture } from '../../src/dense/head-architecture.ts'
import type { FeatureMap } from '../../src/network/feature-map.ts'

const read = (path: string) => readFileSync(new URL(`../../../../${path}`, import.meta.url))
const weights = read('packages/models/weights/mnet025-dense-head.safetensors')

interface Golden {
  readonly faces: readonly {
    readonly kind: number
    readonly centre: [number, number]
    readonly size: number
    readonly score: number
    readonly box: number[]
    readonly landmarks: number[][]
  }[]
  readonly latent: number[][]
  readonly camera: number[][]
  readonly illumination: number[][]
}

const golden = JSON.parse(read('fixtures/dense-head-golden.json').toString()) as Golden
const strides = [32, 32, 16, 16, 8, 8]

const wave = (channel: number, row: number, column: number) =>
  Math.abs(Math.sin(0.7 * channel + 0.31 * row - 0.17 * column))

function waveMap(channels: number, stride: number): FeatureMap {
  const side = 128 / stride
  const data = Float32Array.from({ length: channels * side * side }, (_, i) =>
    wave(Math.floor(i / (side * side)), Math.floor(i / side) % side, i % side),
  )
  return { data, channels, rows: side, columns: side, cellStep: 1, channelStep: side * side }
}

const file = readTensorFile(weights)
const { own, grids } = readHeadArchitecture(file).inputs

/** A made-up map as the network's 1×1 convolution reduces it. */
function reducedWave(layer: string, stride: number): FeatureMap {
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

const maps = new Map([
  ...Object.entries(own.tensors).map(([stride, tensor]) => {
    return [tensor, reducedWave('reduce.own', Number(stride))] as const
  }),
  ...grids.map(({ tensor, stride, channels }) => {
    const layer = `reduce.${tensor.replace('_reduced', '')}`
    const map = file.tensors.has(`${layer}.bias`)
      ? reducedWave(layer, stride)
      : waveMap(channels, stride)
    return [tensor, map] as const
  }),
])

function candidateOf(face: Golden['faces'][number], i: number): Candidate {
  return {
    score: face.score,
    box: Float64Array.from(face.box),
    landmarks: Float64Array.from(face.landmarks.flat()),
    anchor: {
      stride: strides[face.kind]!,
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

function expectNear(actual: ArrayLike<number>, expected: readonly number[], bound: number): void {
  expect(actual.length).toBe(expected.length)
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i]! - value)).toBeLessThan(bound * Math.max(1, Math.abs(value)))
  })
}

describe('DenseHead', () => {
  test.each([0, 1])('gives what PyTorch gives for golden face %i', async (i) => {
    const head = new DenseHead(weights)
    const [said] = await head.evaluate([candidateOf(golden.faces[i]!, i)], maps)
    const { latent, camera, light } = said!.parameters
    expectNear(latent, golden.latent[i]!, 1e-4)
    expectNear(camera, golden.camera[i]!, 1e-4)
    expectNear(light, golden.illumination[i]!, 1e-4)
  })

  test('names the tensors that it reads', () => {
    expect(new DenseHead(weights).tensors).toEqual([...maps.keys()])
  })

  test('refuses the weight file of a decoder', () => {
    const decoder = read('packages/models/weights/mesh-decoder.safetensors')
    expect(() => new DenseHead(decoder)).toThrow(WeightFileError)
  })
})
