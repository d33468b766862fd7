import { readFileSync } from 'node:fs'
import { fc, test } from '@fast-check/vitest'
import { readTensorFile, takeFloats } from '@retinaface/mesh-decoder'
import { describe, expect, it } from 'vitest'
import type { Candidate } from '../../src/candidates/decode-candidates.ts'
import { DenseHead } from '../../src/dense/dense-head.ts'
import { type HeadArchitecture, readHeadArchitecture } from '../../src/dense/head-architecture.ts'
import { readHeadLayers, readRefinementLayers } from '../../src/dense/head-layers.ts'
import { ModelMismatchError } from '../../src/errors/detector-errors.ts'
import type { FeatureMap } from '../../src/network/feature-map.ts'
import { type PlainLayers, plainHead } from './plain-head.ts'
import { plainPatches } from './plain-patches.ts'

// mnet025's head gives its answer at once, that of retinaface-500m refines it.
const heads = ['mnet025', 'retinaface-500m'].map((name) => {
  const path = `../../../models/weights/${name}-dense-head.safetensors`
  const weights = readFileSync(new URL(path, import.meta.url))
  const file = readTensorFile(weights)
  const architecture = readHeadArchitecture(file)
  const layers: PlainLayers = {
    head: readHeadLayers(file, architecture),
    refinements: readRefinementLayers(file, architecture),
    points: architecture.refinements && {
      weight: takeFloats(file, 'refinements.points.weight', ['coordinates', 'latents']),
      bias: takeFloats(file, 'refinements.points.bias', ['coordinates']),
    },
    patches: architecture.patches && plainPatches(file, architecture.patches),
  }
  return { name, weights, architecture, layers }
})

/** Numbers that look random, from 0 to 1. */
const noise = (i: number) => Math.abs((Math.sin(i * 12.9898) * 43758.5453) % 1)

function mapsFor({ inputs }: HeadArchitecture, width: number, height: number): Maps {
  const { own, grids } = inputs
  const read = [
    ...Object.entries(own.tensors).map(([stride, tensor]) => {
      return { tensor, stride: Number(stride), channels: own.channels }
    }),
    ...grids,
  ]
  return new Map(
    read.map(({ tensor, stride, channels }, i) => {
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

type Maps = ReadonlyMap<string, FeatureMap>

interface Place {
  readonly x: number
  readonly y: number
  readonly side: number
  readonly turn: number
  readonly kind: number
}

function candidateAt({ inputs }: HeadArchitecture, { x, y, side, turn, kind }: Place): Candidate {
  const [stride, size] = inputs.anchorKinds[kind % inputs.anchorKinds.length]!
  const [cosine, sine] = [Math.cos(turn) * side, Math.sin(turn) * side]
  const landmarks = inputs.frontalLandmarks.flatMap(([u, v]) => [
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
  kind: fc.nat({ max: 5 }),
})

describe.each(
  heads.flatMap((head) =>
    (['wasm-simd', 'javascript'] as const).map((backend) => ({ ...head, backend })),
  ),
)('the dense head of $name in $backend', ({ weights, architecture, layers, backend }) => {
  const head = new DenseHead(weights, backend)
  const { own } = architecture.inputs
  // Six layers of single precision more, and an equation to solve.
  const bound = layers.patches ? 1e-4 : 1e-5
  const faceAt = (place: Place) => candidateAt(architecture, place)
  const maps = (width = 160, height = 128) => mapsFor(architecture, width, height)

  async function expectAsPlain(candidates: Candidate[], from: Maps): Promise<void> {
    const readings = await head.evaluate(candidates, from)
    expect(readings).toHaveLength(candidates.length)
    readings.forEach(({ parameters: actual }, i) => {
      const expected = plainHead(architecture, layers, candidates[i]!, from)
      for (const part of ['latent', 'camera', 'light'] as const) {
        const largest = expected[part].reduce((most, value) => Math.max(most, Math.abs(value)), 1)
        const error = expected[part].map((value, k) => Math.abs(value - actual[part][k]!) / largest)
        expect(Math.max(...error)).toBeLessThan(bound)
      }
    })
  }

  const numRuns = layers.patches ? 6 : 15
  test.prop({ places: fc.array(place, { minLength: 1, maxLength: 3 }) }, { numRuns })(
    'says what the plain one says of faces inside, at and across the border',
    ({ places }) => expectAsPlain(places.map(faceAt), maps()),
  )

  it('says the same of many faces as of each', async () => {
    const places = Array.from({ length: 37 }, (_, i) => {
      return {
        x: 4 * i,
        y: 100 * noise(i),
        side: 10 + 3 * i,
        turn: noise(i),
        kind: i % 6,
      }
    })
    await expectAsPlain(places.map(faceAt), maps())
  })

  it('reads maps of a single cell, row or column', async () => {
    const face = faceAt({ x: 5, y: 6, side: 8, turn: 0.1, kind: 0 })
    for (const [width, height] of [
      [4, 4],
      [160, 4],
      [4, 128],
    ] as const) {
      await expectAsPlain([face], maps(width, height))
    }
  })

  it('says nothing of no faces', async () => {
    expect(await head.evaluate([], maps())).toEqual([])
  })

  it('recovers from maps that are not finite', async () => {
    const broken = new Map(
      [...maps()].map(([tensor, map]) => {
        return [tensor, { ...map, data: map.data.map(() => Number.POSITIVE_INFINITY) }]
      }),
    )
    for (const side of [20, 300]) {
      const face = faceAt({ x: 80, y: 60, side, turn: 0.2, kind: 2 })
      await head.evaluate([face], broken)
      for (const next of [300, 20]) {
        const after = faceAt({ x: 70, y: 50, side: next, turn: 0, kind: 1 })
        await expectAsPlain([after], maps())
      }
    }
  })

  it('names a tensor that is missing or of another size', async () => {
    const [tensor] = head.tensors
    const given = maps()
    const face = faceAt({ x: 50, y: 60, side: 40, turn: 0, kind: 0 })
    const other = { ...given.get(tensor!)!, channels: 3 }
    await expect(head.evaluate([face], new Map())).rejects.toThrow(ModelMismatchError)
    await expect(head.evaluate([face], new Map([...given, [tensor!, other]]))).rejects.toThrow(
      `"${tensor}" of ${own.channels} channels, but the network has one of 3`,
    )
  })
})
