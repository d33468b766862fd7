import { readFileSync } from 'node:fs'
import { fc, test } from '@fast-check/vitest'
import { readTensorFile } from '@retinaface/mesh-decoder'
import { describe, expect, it } from 'vitest'
import type { Candidate } from '../../src/candidates/decode-candidates.ts'
import { DenseHead } from '../../src/dense/dense-head.ts'
import { readHeadArchitecture } from '../../src/dense/head-architecture.ts'
import { readHeadLayers } from '../../src/dense/head-layers.ts'
import { ModelMismatchError } from '../../src/errors/retinaface-error.ts'
import type { FeatureMap } from '../../src/network/feature-map.ts'
import { plainHead } from './plain-head.ts'

const path = '../../../models/weights/mnet025-dense-head.safetensors'
const weights = readFileSync(new URL(path, import.meta.url))
const file = readTensorFile(weights)
const architecture = readHeadArchitecture(file)
const layers = readHeadLayers(file, architecture)
const { own, grids, anchorKinds } = architecture.inputs

/** Numbers that look random, from 0 to 1. */
const noise = (i: number) => Math.abs((Math.sin(i * 12.9898) * 43758.5453) % 1)

const inputMaps = [
  ...Object.entries(own.tensors).map(([stride, tensor]) => {
    return { tensor, stride: Number(stride), channels: own.channels }
  }),
  ...grids,
]

function mapsFor(width: number, height: number): Map<string, FeatureMap> {
  return new Map(
    inputMaps.map(({ tensor, stride, channels }, i) => {
      const [rows, columns] = [Math.ceil(height / stride), Math.ceil(width / stride)]
      const data = Float32Array.from({ length: channels * rows * columns }, (_, k) => {
        return noise(k + i) - 0.5
      })
      // Both layouts occur: planes, and the channels of a cell together.
      const steps =
        i % 2 === 0
          ? { cellStep: 1, channelStep: rows * columns }
          : { cellStep: channels, channelStep: 1 }
      return [tensor, { data, channels, rows, columns, ...steps }]
    }),
  )
}

interface Place {
  readonly x: number
  readonly y: number
  readonly side: number
  readonly turn: number
  readonly kind: number
}

function candidateAt({ x, y, side, turn, kind }: Place): Candidate {
  const [stride, size] = anchorKinds[kind]!
  const [cosine, sine] = [Math.cos(turn) * side, Math.sin(turn) * side]
  const landmarks = architecture.inputs.frontalLandmarks.flatMap(([u, v]) => [
    x + cosine * u - sine * v,
    y + sine * u + cosine * v,
  ])
  return {
    score: 0.9,
    box: Float64Array.of(x - side / 2, y - side * 0.6, x + side / 2, y + side * 0.6),
    landmarks: Float64Array.from(landmarks),
    anchor: {
      stride: stride!,
      size: size!,
      row: 0,
      column: 0,
      index: 0,
      centreX: x + 2,
      centreY: y - 3,
    },
  }
}

const place = fc.record({
  x: fc.double({ min: -20, max: 180, noNaN: true }),
  y: fc.double({ min: -20, max: 140, noNaN: true }),
  side: fc.double({ min: 4, max: 400, noNaN: true }),
  turn: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
  kind: fc.integer({ min: 0, max: anchorKinds.length - 1 }),
})

describe.each(['wasm-simd', 'javascript'] as const)('the dense head in %s', (backend) => {
  const head = new DenseHead(weights, backend)

  test.prop({ places: fc.array(place, { minLength: 1, maxLength: 3 }) }, { numRuns: 15 })(
    'says what the plain one says of faces inside, at and across the border, to 1e-5',
    ({ places }) => expectAsPlain(head, places.map(candidateAt), mapsFor(160, 128)),
  )

  it('says the same of many faces as of each', async () => {
    const places = Array.from({ length: 37 }, (_, i) => {
      return {
        x: 4 * i,
        y: 100 * noise(i),
        side: 10 + 3 * i,
        turn: noise(i),
        kind: i % anchorKinds.length,
      }
    })
    await expectAsPlain(head, places.map(candidateAt), mapsFor(160, 128))
  })

  it('reads maps of a single cell, row or column', async () => {
    const face = candidateAt({ x: 5, y: 6, side: 8, turn: 0.1, kind: 0 })
    for (const [width, height] of [
      [4, 4],
      [160, 4],
      [4, 128],
    ] as const) {
      await expectAsPlain(head, [face], mapsFor(width, height))
    }
  })

  it('says nothing of no faces', async () => {
    expect(await head.evaluate([], mapsFor(160, 128))).toEqual([])
  })

  it('recovers from maps that are not finite', async () => {
    const broken = new Map(
      [...mapsFor(160, 128)].map(([tensor, map]) => {
        return [tensor, { ...map, data: map.data.map(() => Number.POSITIVE_INFINITY) }]
      }),
    )
    for (const side of [20, 300]) {
      const face = candidateAt({ x: 80, y: 60, side, turn: 0.2, kind: 2 })
      await head.evaluate([face], broken)
      for (const next of [300, 20]) {
        const after = candidateAt({ x: 70, y: 50, side: next, turn: 0, kind: 1 })
        await expectAsPlain(head, [after], mapsFor(160, 128))
      }
    }
  })

  it('names a tensor that is missing or of another size', async () => {
    const [tensor] = head.tensors
    const maps = mapsFor(160, 128)
    const face = candidateAt({ x: 50, y: 60, side: 40, turn: 0, kind: 0 })
    const other = { ...maps.get(tensor!)!, channels: 3 }
    await expect(head.evaluate([face], new Map())).rejects.toThrow(ModelMismatchError)
    await expect(head.evaluate([face], new Map([...maps, [tensor!, other]]))).rejects.toThrow(
      `"${tensor}" of ${own.channels} channels, but the network gives out one of 3`,
    )
  })
})

async function expectAsPlain(
  head: DenseHead,
  candidates: Candidate[],
  maps: ReadonlyMap<string, FeatureMap>,
): Promise<void> {
  const readings = await head.evaluate(candidates, maps)
  expect(readings).toHaveLength(candidates.length)
  readings.forEach(({ parameters: actual }, i) => {
    const expected = plainHead(architecture, layers, candidates[i]!, maps)
    for (const part of ['latent', 'camera', 'light'] as const) {
      const largest = expected[part].reduce((most, value) => Math.max(most, Math.abs(value)), 1)
      const error = expected[part].map((value, k) => Math.abs(value - actual[part][k]!) / largest)
      expect(Math.max(...error)).toBeLessThan(1e-5)
    }
  })
}
