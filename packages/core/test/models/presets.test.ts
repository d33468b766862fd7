import { describe, expect, test } from 'vitest'
import {
  MNET025,
  MNET025_V1,
  MOBILE025_PYTORCH,
  MODEL_PRESETS,
  PAPER_P2_P6,
  RESNET50_INSIGHTFACE,
  RESNET50_PYTORCH,
} from '../../src/index.ts'

const presets = Object.entries(MODEL_PRESETS)

describe('MODEL_PRESETS', () => {
  test('holds every preset under its own name', () => {
    const all = [
      MNET025,
      MNET025_V1,
      MOBILE025_PYTORCH,
      RESNET50_INSIGHTFACE,
      RESNET50_PYTORCH,
      PAPER_P2_P6,
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
    expect(preset.input.sizeMultiple).toBe(preset.outputs.layout === 'maps' ? largest : 1)
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
