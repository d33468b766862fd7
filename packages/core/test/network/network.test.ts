import { describe, expect, test } from 'vitest'
import {
  MNET025,
  MNET025_INT8,
  MOBILE025_PYTORCH,
  ModelMismatchError,
  type PixelImage,
} from '../../src/index.ts'
import { Network } from '../../src/network/network.ts'
import type { Size } from '../support/planted-faces.ts'
import { FakeSession } from '../support/sessions.ts'

const size = { width: 64, height: 32 }
const none = { contextFeatures: false, tensors: [], minFaceSize: 0 }
const everything = { contextFeatures: true, tensors: [], minFaceSize: 0 }

/** A grey picture of one level. */
function grey({ width, height }: Size, level = 0): PixelImage {
  return { data: new Uint8Array(width * height).fill(level), width, height, channels: 1 }
}

describe('Network', () => {
  test('says which input it misses and which the network has', () => {
    const { session } = new FakeSession(MOBILE025_PYTORCH)
    expect(() => new Network({ session, configuration: MNET025 })).toThrow(ModelMismatchError)
    expect(() => new Network({ session, configuration: MNET025 })).toThrow(
      'no input "data", which the configuration "mnet025" names; it has input',
    )
  })

  test('refuses a network whose outputs do not fit, before any run', () => {
    const fake = new FakeSession(MOBILE025_PYTORCH)
    const configuration = { ...MNET025, input: MOBILE025_PYTORCH.input }
    expect(() => new Network({ session: fake.session, configuration })).toThrow(ModelMismatchError)
  })

  test('hands over what was written, in the input’s own size, run after run', async () => {
    const fake = new FakeSession(MNET025)
    const network = new Network({ session: fake.session, configuration: MNET025 })
    for (const [width, level] of [
      [96, 1],
      [32, 2],
      [64, 3],
    ] as const) {
      await network.run(grey({ width, height: 32 }, level), { width, height: 32 }, false, none)
      const run = fake.runs.at(-1)!
      expect(run.size).toEqual({ width, height: 32 })
      expect(run.input).toEqual(new Float32Array(3 * width * 32).fill(level))
    }
  })

  test('hands over interleaved pixels of the input’s size without a copy, others in a buffer', async () => {
    const fake = new FakeSession(MNET025_INT8)
    const network = new Network({ session: fake.session, configuration: MNET025_INT8 })
    const data = Uint8Array.from({ length: 3 * 64 * 32 }, (_, i) => i % 251)
    const picture: PixelImage = { data, ...size, channels: 3 }
    await network.run(picture, size, false, none)
    const last = () => fake.runs.at(-1)!.input
    expect(last()).toBeInstanceOf(Uint8Array)
    expect(last().buffer).toBe(data.buffer)
    await network.run(picture, size, true, none)
    expect([...last().subarray(0, 3)]).toEqual([...data.subarray(63 * 3, 64 * 3)])
    await network.run(grey({ width: 33, height: 5 }, 9), size, false, none)
    expect(last().filter((sample) => sample === 9)).toHaveLength(33 * 5 * 3)
    expect(last().filter((sample) => sample === 0)).toHaveLength((64 * 32 - 33 * 5) * 3)
  })

  test('asks for the features only when they are wanted', async () => {
    const fake = new FakeSession(MNET025)
    const network = new Network({ session: fake.session, configuration: MNET025 })
    const without = await network.run(grey(size), size, false, none)
    const withFeatures = await network.run(grey(size), size, false, everything)
    expect(fake.runs[0]!.outputs.length).toBe(9)
    expect(fake.runs[0]!.outputs.join()).not.toContain('rf_head')
    expect(fake.runs[1]!.outputs.length).toBe(12)
    expect(without.levels[0]).not.toHaveProperty('contextFeatures')
    expect(withFeatures.levels[0]!.contextFeatures!.channels).toBe(5)
  })

  test('gives its own input as a map where its name is asked for, and names what it has not', async () => {
    const fake = new FakeSession(MNET025)
    const network = new Network({ session: fake.session, configuration: MNET025 })
    const wanted = { contextFeatures: false, tensors: ['data'], minFaceSize: 0 }
    const { maps } = await network.run(grey(size, 7), size, false, wanted)
    expect(maps.get('data')).toMatchObject({ channels: 3, rows: 32, columns: 64 })
    expect(maps.get('data')!.data).toEqual(new Float32Array(3 * 32 * 64).fill(7))
    expect(fake.runs[0]!.outputs).not.toContain('data')
    expect(() => network.expectTensors(['data', 'conv_9'], 'mesh')).toThrow(/has no output conv_9,/)
  })

  test('says so when features are wanted that the network does not give out', async () => {
    const fake = new FakeSession(MOBILE025_PYTORCH)
    const network = new Network({ session: fake.session, configuration: MOBILE025_PYTORCH })
    await expect(network.run(grey(size), size, false, everything)).rejects.toThrow(
      ModelMismatchError,
    )
    expect(fake.runs).toHaveLength(0)
  })

  test('releases its session', async () => {
    const fake = new FakeSession(MNET025)
    await new Network({ session: fake.session, configuration: MNET025 }).release()
    expect(fake.released).toBe(1)
  })
})
