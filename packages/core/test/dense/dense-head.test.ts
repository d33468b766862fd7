import { readFileSync } from 'node:fs'
import { readTensorFile, WeightFileError } from '@retinaface/mesh-decoder'
import { describe, expect, test } from 'vitest'
import type { Candidate } from '../../src/decode/decode-candidates.ts'
import { DenseHead } from '../../src/dense/dense-head.ts'
import type { FeatureMap } from '../../src/dense/feature-map.ts'
import { readHeadArchitecture } from '../../src/dense/head-architecture.ts'

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
  return { data, channels, rows: side, columns: side }
}

const file = readTensorFile(weights)
const { grids } = readHeadArchitecture(file).inputs
const channelsOf = (tensor: string) => file.tensors.get(`${tensor}.mean`)!.data.length
const maps = new Map(
  grids.map(({ tensor, stride }) => [tensor, waveMap(channelsOf(tensor), stride)]),
)

function candidateOf(face: Golden['faces'][number], i: number): Candidate {
  return {
    score: face.score,
    box: Float64Array.from(face.box),
    landmarks: Float64Array.from(face.landmarks.flat()),
    anchor: {
      stride: strides[face.kind]!,
      row: 0,
      column: 0,
      index: 0,
      centreX: face.centre[0],
      centreY: face.centre[1],
      size: face.size,
    },
    features: Float32Array.from({ length: 64 }, (_, channel) => wave(channel, 2 + i, 3)),
  }
}

function expectNear(actual: ArrayLike<number>, expected: readonly number[], bound: number): void {
  expect(actual.length).toBe(expected.length)
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i]! - value)).toBeLessThan(bound * Math.max(1, Math.abs(value)))
  })
}

describe('DenseHead', () => {
  test.each([0, 1])('gives what PyTorch gives for golden face %i', (i) => {
    const head = new DenseHead(weights)
    const [said] = head.evaluate([candidateOf(golden.faces[i]!, i)], maps)
    const { latent, camera, light } = said!
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
