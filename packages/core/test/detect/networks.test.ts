import { describe, expect, test } from 'vitest'
import { Networks } from '../../src/detect/networks.ts'
import { MNET025, ModelLoadError } from '../../src/index.ts'
import { FakeSession } from '../support/sessions.ts'

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
    const first = await networks.choose({ features: false, minFaceSize: 31.9 })
    expect(opened).toEqual([])
    const coarse = await networks.choose({ features: false, minFaceSize: 32 })
    expect(coarse.configuration.levels).toBe(levels)
    expect(await networks.choose({ features: false, minFaceSize: 99 })).toBe(coarse)
    const features = await networks.choose({ features: true, minFaceSize: 99 })
    expect(await networks.choose({ features: true, minFaceSize: 0 })).toBe(features)
    expect(new Set([first, coarse, features]).size).toBe(3)
    expect(opened).toEqual(['coarse', 'features'])
  })

  test('one network does everything where there are no others', async () => {
    const { session } = new FakeSession(MNET025)
    const networks = new Networks({ session, configuration: MNET025 })
    const first = await networks.choose({ features: false, minFaceSize: 0 })
    expect(await networks.choose({ features: true, minFaceSize: 99 })).toBe(first)
  })

  test('releases those that were opened and no others', async () => {
    const { networks, sessions } = create()
    await networks.choose({ features: false, minFaceSize: 40 })
    await networks.release()
    const released = Object.values(sessions).map((session) => session.released)
    expect(released).toEqual([1, 0, 1])
  })

  test('says why one could not be opened, and tries again the next time', async () => {
    const { session } = new FakeSession(MNET025)
    let attempts = 0
    const features = async () => {
      attempts++
      throw new ModelLoadError('no such file')
    }
    const networks = new Networks({ session, configuration: MNET025 }, { features })
    const needs = { features: true, minFaceSize: 0 }
    await expect(networks.choose(needs)).rejects.toThrow('no such file')
    await expect(networks.choose(needs)).rejects.toThrow('no such file')
    expect(attempts).toBe(2)
    await networks.release()
  })
})
