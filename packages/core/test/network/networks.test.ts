import { describe, expect, test } from 'vitest'
import { TINY_DETECTOR } from '../../../../fixtures/tiny-detector.ts'
import {
  MNET025,
  type ModelConfiguration,
  ModelLoadError,
  ModelMismatchError,
} from '../../src/index.ts'
import { Networks } from '../../src/network/networks.ts'
import { FakeSession, tinySession } from '../support/sessions.ts'

const levels = MNET025.levels.slice(0, 2)

/** Three networks of one detector, counting how often each is opened. */
function create() {
  const fakes = { first: new FakeSession(MNET025), features: new FakeSession(MNET025) }
  const configuration = { ...MNET025, levels }
  const coarse = new FakeSession(configuration)
  const opened: string[] = []
  const networks = new Networks(
    { session: fakes.first.session, configuration: MNET025 },
    {
      features: async () => {
        opened.push('features')
        return { session: fakes.features.session, configuration: MNET025 }
      },
      coarse: {
        minFaceSize: 32,
        open: async () => {
          opened.push('coarse')
          return { session: coarse.session, configuration }
        },
      },
    },
  )
  return { networks, opened, sessions: { ...fakes, coarse } }
}

describe('Networks', () => {
  test('opens the network for features and the coarse one when they are needed, once', async () => {
    const { networks, opened } = create()
    const first = await networks.choose({ features: false, maps: [], minFaceSize: 31.9 })
    expect(opened).toEqual([])
    const coarse = await networks.choose({ features: false, maps: [], minFaceSize: 32 })
    expect(coarse.configuration.levels).toBe(levels)
    expect(await networks.choose({ features: false, maps: [], minFaceSize: 99 })).toBe(coarse)
    const features = await networks.choose({ features: true, maps: [], minFaceSize: 99 })
    expect(await networks.choose({ features: true, maps: [], minFaceSize: 0 })).toBe(features)
    expect(new Set([first, coarse, features]).size).toBe(3)
    expect(opened).toEqual(['coarse', 'features'])
  })

  test('one network does everything where there are no others', async () => {
    const { session } = new FakeSession(MNET025)
    const networks = new Networks({ session, configuration: MNET025 })
    const first = await networks.choose({ features: false, maps: [], minFaceSize: 0 })
    expect(await networks.choose({ features: true, maps: [], minFaceSize: 99 })).toBe(first)
    expect(await networks.choose({ features: false, maps: ['map'], minFaceSize: 0 })).toBe(first)
  })

  test('features can be had where the first network gives them or there is one that does', async () => {
    const session = await tinySession()
    const outputs = { ...TINY_DETECTOR.outputs, features: 'missing_stride{stride}' }
    const gives = (configuration: ModelConfiguration) =>
      new Networks({ session, configuration }).givesFeatures
    expect(gives(TINY_DETECTOR)).toBe(true)
    expect(gives({ ...TINY_DETECTOR, outputs })).toBe(false)
    expect(create().networks.givesFeatures).toBe(true)
    await session.release()
  })

  test('maps come from the network for meshes if there is one and no features are asked for', async () => {
    const { session } = new FakeSession(MNET025)
    const parts = { session, configuration: MNET025 }
    const asked: (readonly string[])[] = []
    const features = async () => parts
    const meshes = async (maps: readonly string[]) => {
      asked.push(maps)
      return parts
    }
    const networks = new Networks(parts, { features, meshes })
    const needs = { features: false, maps: ['map', 'data'], minFaceSize: 99 }
    const forMeshes = await networks.choose(needs)
    expect(await networks.choose(needs)).toBe(forMeshes)
    expect(asked).toEqual([['map', 'data']])
    const forFeatures = await networks.choose({ ...needs, maps: [], features: true })
    expect(forFeatures).not.toBe(forMeshes)
    expect(await networks.choose({ ...needs, features: true })).toBe(forFeatures)
    const withoutOwn = new Networks(parts, { features })
    expect(await withoutOwn.choose(needs)).toBe(
      await withoutOwn.choose({ ...needs, features: true }),
    )
  })

  test('releases those that were opened and no others', async () => {
    const { networks, sessions } = create()
    await networks.choose({ features: false, maps: [], minFaceSize: 40 })
    await networks.release()
    const released = Object.values(sessions).map((session) => session.released)
    expect(released).toEqual([1, 0, 1])
  })

  test('frees one that does not fit', async () => {
    const { session } = new FakeSession(MNET025)
    const other = new FakeSession(MNET025)
    const input = { ...MNET025.input, name: 'another' }
    const features = async () => ({ session: other, configuration: { ...MNET025, input } })
    const networks = new Networks({ session, configuration: MNET025 }, { features })
    const choosing = networks.choose({ features: true, maps: [], minFaceSize: 0 })
    await expect(choosing).rejects.toThrow(ModelMismatchError)
    expect(other.released).toBe(1)
  })

  test('says why one could not be opened, and tries again the next time', async () => {
    const { session } = new FakeSession(MNET025)
    let attempts = 0
    const features = async () => {
      attempts++
      throw new ModelLoadError('no such file')
    }
    const networks = new Networks({ session, configuration: MNET025 }, { features })
    const needs = { features: true, maps: [], minFaceSize: 0 }
    await expect(networks.choose(needs)).rejects.toThrow('no such file')
    await expect(networks.choose(needs)).rejects.toThrow('no such file')
    expect(attempts).toBe(2)
    await networks.release()
  })
})
