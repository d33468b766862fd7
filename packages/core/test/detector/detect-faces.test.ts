import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { detectFaces } from '../../src/detector/detect-faces.ts'
import { resolveDetectOptions } from '../../src/face/detect-options.ts'
import {
  type Face,
  InvalidImageError,
  MNET025_SLIM,
  MODEL_PRESETS,
  type PixelImage,
} from '../../src/index.ts'
import { Network } from '../../src/network/network.ts'
import { anchorOf, type PlantedFace, plantedFaces, plantOutputs } from '../support/planted-faces.ts'
import { FakeSession } from '../support/sessions.ts'

const [width, height] = [192, 128]
const image: PixelImage = { data: new Uint8Array(width * height * 3), width, height, channels: 3 }

function expectFace(got: Face, planted: PlantedFace, tolerance: number): void {
  expect(got.score).toBeCloseTo(planted.score, 6)
  const expected = [...planted.box, ...planted.landmarks]
  const values = [...got.box, ...got.landmarks.flat()]
  expected.forEach((value, i) => {
    expect(Math.abs(values[i]! - value)).toBeLessThan(tolerance)
  })
}

/** What the network sees of a face in the mirrored picture. */
function mirrored(planted: PlantedFace, last: number): PlantedFace {
  const [x1, y1, x2, y2] = planted.box
  const order = [1, 0, 2, 4, 3]
  const landmarks = order.flatMap((i) => [
    last - planted.landmarks[2 * i]!,
    planted.landmarks[2 * i + 1]!,
  ])
  return { ...planted, box: [last - x2, y1, last - x1, y2], landmarks }
}

describe.each(Object.values(MODEL_PRESETS))('detectFaces with $name', (configuration) => {
  const faces = plantedFaces(configuration, { width, height })
  // 1 keeps every box, however much they overlap.
  const options = { scoreThreshold: 0.5, nmsThreshold: 1 }
  const expectAll = (found: readonly Face[], planted: readonly PlantedFace[]) => {
    const expected = planted.filter(({ score }) => Math.fround(score) >= 0.5)
    expected.sort((a, b) => b.score - a.score)
    expect(found.length).toBe(expected.length)
    expected.forEach((face, i) => {
      expectFace(found[i]!, face, anchorOf(configuration, face).side * 1e-4)
    })
  }

  test.prop([faces], { numRuns: 15 })(
    'finds every planted face in image pixels',
    async (planted) => {
      const fake = new FakeSession(configuration, (size) =>
        plantOutputs(configuration, size, planted),
      )
      const network = new Network({ session: fake.session, configuration })
      expectAll(await detectFaces(network, image, resolveDetectOptions(options)), planted)
      expect(fake.runs.map(({ size }) => size)).toEqual([{ width, height }])
    },
  )

  test.prop([faces], { numRuns: 15 })(
    'finds faces that only the mirrored picture shows',
    async (planted) => {
      const last = configuration.pixelConvention === 'indices' ? width - 1 : width
      const seen = planted.map((face) => mirrored(face, last))
      const fake = new FakeSession(configuration, (size, run) =>
        plantOutputs(configuration, size, run === 0 ? [] : seen),
      )
      const network = new Network({ session: fake.session, configuration })
      const found = await detectFaces(
        network,
        image,
        resolveDetectOptions({ ...options, flip: true }),
      )
      expectAll(found, planted)
      expect(found.every(({ anchor }) => anchor.flipped)).toBe(true)
    },
  )

  test('gives no face, and no error, when there is none', async () => {
    const network = new Network({ session: new FakeSession(configuration).session, configuration })
    expect(await detectFaces(network, image, resolveDetectOptions({}))).toEqual([])
  })
})

describe('detectFaces', () => {
  const { mnet025 } = MODEL_PRESETS
  const sides = fc.integer({ min: 1, max: 70 })

  test.prop([sides, sides], { numRuns: 20 })('takes pictures of any size', async (w, h) => {
    const fake = new FakeSession(mnet025!)
    const picture: PixelImage = { data: new Uint8Array(w * h), width: w, height: h, channels: 1 }
    const network = new Network({ session: fake.session, configuration: mnet025! })
    expect(await detectFaces(network, picture, resolveDetectOptions({}))).toEqual([])
    const roundUp = (side: number) => Math.ceil(side / 32) * 32
    expect(fake.runs[0]!.size).toEqual({ width: roundUp(w), height: roundUp(h) })
  })

  test('of a tile it takes only the faces that no neighbour sees better', async () => {
    // Tiles at 0 and 64 answer up to and from column 352; then a half-size view of the whole.
    const face: PlantedFace = {
      level: 1,
      row: 1,
      column: 0,
      index: 1,
      score: 0.9,
      box: [0, 0, 40, 40],
      landmarks: Array(10).fill(20),
    }
    const at = (x: number) => ({ ...face, column: x / 16, box: [x - 20, 4, x + 20, 44] as const })
    const answers = [[at(320), at(400)], [at(0), at(320)], [at(96)]]
    const fake = new FakeSession(mnet025!, (size, run) =>
      plantOutputs(mnet025!, size, answers[run]!),
    )
    const strip: PixelImage = {
      data: new Uint8Array(700 * 64),
      width: 700,
      height: 64,
      channels: 1,
    }
    const network = new Network({ session: fake.session, configuration: mnet025! })
    const found = await detectFaces(network, strip, resolveDetectOptions({ tileSize: 640 }))
    expect(fake.runs.length).toBe(3)
    const centres = found.map(({ box }) => Math.round((box[0] + box[2]) / 2))
    expect(centres.sort((a, b) => a - b)).toEqual([320, 384])
  })

  test('refuses pixels that do not fit, before any run', async () => {
    const fake = new FakeSession(mnet025!)
    const network = new Network({ session: fake.session, configuration: mnet025! })
    const short = { ...image, data: new Uint8Array(5) }
    await expect(detectFaces(network, short, resolveDetectOptions({}))).rejects.toThrow(
      InvalidImageError,
    )
    expect(fake.runs).toEqual([])
  })
})

describe('a picture that was shrunk while it was read', () => {
  test.prop([plantedFaces(MNET025_SLIM, { width, height })], { numRuns: 10 })(
    'gives the faces of the whole picture',
    async (planted) => {
      const fake = new FakeSession(MNET025_SLIM, (size) =>
        plantOutputs(MNET025_SLIM, size, planted),
      )
      const session = { session: fake.session, configuration: MNET025_SLIM }
      const options = resolveDetectOptions({ inputSize: width, nmsThreshold: 1 })
      const whole = { pixels: image, width: 4 * width, height: 4 * height }
      const found = await detectFaces(new Network(session), whole, options)
      const expected = await detectFaces(new Network(session), image, options)
      expect(found.map(({ box }) => box)).toEqual(
        expected.map(({ box }) => box.map((value) => 4 * value)),
      )
    },
  )
})

describe('minFaceSize', () => {
  test.each([
    [48, width, [32, 16]],
    [47, width, [32, 16, 8]],
    [48, width / 2, [32, 16, 8]],
    [96, width / 2, [32, 16]],
  ])('of %i at an input of %i asks for strides %o', async (minFaceSize, inputSize, strides) => {
    const fake = new FakeSession(MNET025_SLIM)
    const network = new Network({ session: fake.session, configuration: MNET025_SLIM })
    await detectFaces(network, image, resolveDetectOptions({ minFaceSize, inputSize }))
    const expected = strides.map((stride) => `face_rpn_stride${stride}`)
    expect(fake.runs.map(({ outputs }) => outputs)).toEqual([expected])
  })
})
