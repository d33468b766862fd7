import { describe, expect, test } from 'vitest'
import { decodeCandidates } from '../../src/candidates/decode-candidates.ts'
import {
  MNET025,
  MNET025_INT8,
  MNET025_LEAN,
  MNET025_SLIM,
  MNET025_V1,
  MOBILE025_PYTORCH,
  MODEL_PRESETS,
  type ModelConfiguration,
  PAPER_P2_P6,
  RESNET50_INSIGHTFACE,
  RESNET50_PYTORCH,
  RETINAFACE_500M,
  RETINAFACE_500M_INT8,
  RETINAFACE_TS,
  YUNET,
} from '../../src/index.ts'
import { writeTensor } from '../../src/network/write-tensor.ts'

const presets = Object.entries(MODEL_PRESETS)

/** What dx ½, dy −1, log width ln 2, log height 0 and landmarks of 1 mean at the second level's first anchor. */
function decodeFirstAnchor(configuration: ModelConfiguration): number[] {
  const head = (...values: number[]) => {
    const data = Float32Array.from([...values, ...values, ...values])
    return { data, start: 0, anchorStep: values.length, cellStep: 0, componentStep: 1 }
  }
  const outputs = {
    level: configuration.levels[1]!,
    rows: 1,
    columns: 1,
    score: head(0.9),
    objectness: head(0.9),
    box: head(0.5, -1, Math.LN2, 0),
    landmarks: head(...Array<number>(10).fill(1)),
  }
  const [first] = decodeCandidates(configuration, [outputs], 0.5, 1, false)
  return [...first!.box, first!.landmarks[0]!, first!.landmarks[9]!]
}

/** Red 200, green 150, blue 100 as the network's three planes. */
function planesOf({ input }: ModelConfiguration): number[] {
  const pixel = { data: Uint8Array.of(200, 150, 100), width: 1, height: 1, channels: 3 } as const
  const planes = new Float32Array(3)
  writeTensor(pixel, input, { width: 1, height: 1 }, false, planes)
  return [...planes]
}

describe('MODEL_PRESETS', () => {
  // Worked out by hand from the published anchors and variances, for the second level.
  const insightFaceBox = [-56, -184, 199, -57]
  const pytorchBox = [11.2 - 32 * 2 ** 0.2, -30.4, 11.2 + 32 * 2 ** 0.2, 33.6]
  test.each([
    [MNET025, [...insightFaceBox, 33.1, 33.1]],
    [MNET025_SLIM, [...insightFaceBox, 33.1, 33.1]],
    [MNET025_INT8, [...insightFaceBox, 33.1, 33.1]],
    [MNET025_V1, [...insightFaceBox, 135.5, 135.5]],
    [RESNET50_INSIGHTFACE, [...insightFaceBox, 135.5, 135.5]],
    [MOBILE025_PYTORCH, [...pytorchBox, 14.4, 14.4]],
    [RESNET50_PYTORCH, [...pytorchBox, 14.4, 14.4]],
    [PAPER_P2_P6, [-12, -44, 51, -13, 35.5, 35.5]],
    [MNET025_LEAN, [-56, -184, 200, -56, 33.6, 33.6]],
    [RETINAFACE_TS, [-56, -184, 200, -56, 33.6, 33.6]],
    [YUNET, [-8, -24, 24, -8, 16, 16]],
    [RETINAFACE_500M, [-8, -24, 24, -8, 16, 16]],
    [RETINAFACE_500M_INT8, [-8, -24, 24, -8, 16, 16]],
  ])('$name decodes an example worked out by hand', (preset, expected) => {
    decodeFirstAnchor(preset).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 4)
    })
  })

  test.each([
    [MNET025, [200, 150, 100]],
    [MNET025_SLIM, [200, 150, 100]],
    [MNET025_V1, [200, 150, 100]],
    [RESNET50_INSIGHTFACE, [200, 150, 100]],
    [MOBILE025_PYTORCH, [-4, 33, 77]],
    [RESNET50_PYTORCH, [-4, 33, 77]],
    [PAPER_P2_P6, [200, 150, 100]],
    [RETINAFACE_TS, [200, 150, 100]],
    [YUNET, [100, 150, 200]],
    [RETINAFACE_500M, [200, 150, 100]],
  ])('$name gives red 200, green 150, blue 100 to its network as %o', (preset, expected) => {
    expect(planesOf(preset)).toEqual(expected)
  })

  test('holds every preset under its own name', () => {
    const all = [
      MNET025,
      MNET025_V1,
      MNET025_SLIM,
      MNET025_INT8,
      MNET025_LEAN,
      MOBILE025_PYTORCH,
      RESNET50_INSIGHTFACE,
      RESNET50_PYTORCH,
      PAPER_P2_P6,
      RETINAFACE_TS,
      YUNET,
      RETINAFACE_500M,
      RETINAFACE_500M_INT8,
    ]
    expect(presets.map(([, preset]) => preset)).toEqual(all)
    for (const [name, preset] of presets) expect(preset.name).toBe(name)
  })

  test.each(presets)('%s is plain data', (_, preset) => {
    expect(structuredClone(preset)).toEqual(preset)
    expect(JSON.parse(JSON.stringify(preset))).toEqual(preset)
  })

  test.each(presets)('%s pads to its largest stride wherever it gives out maps', (_, preset) => {
    const largest = Math.max(...preset.levels.map(({ stride }) => stride))
    expect(preset.input.sizeMultiple).toBe(preset.outputs.layout === 'flat' ? 1 : largest)
  })

  test('the paper’s pyramid has the sizes of its table', () => {
    const sizes = PAPER_P2_P6.levels.map((level) => level.sizes.map((size) => size.toFixed(2)))
    expect(sizes).toEqual([
      ['16.00', '20.16', '25.40'],
      ['32.00', '40.32', '50.80'],
      ['64.00', '80.63', '101.59'],
      ['128.00', '161.27', '203.19'],
      ['256.00', '322.54', '406.37'],
    ])
  })

  test('InsightFace lists large anchors first, the PyTorch implementation small ones', () => {
    expect(MNET025.levels.flatMap(({ sizes }) => sizes)).toEqual([512, 256, 128, 64, 32, 16])
    expect(MOBILE025_PYTORCH.levels.flatMap(({ sizes }) => sizes)).toEqual([
      16, 32, 64, 128, 256, 512,
    ])
  })
})
