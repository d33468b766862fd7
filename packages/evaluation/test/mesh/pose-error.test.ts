import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { poseError } from '../../src/index.ts'

const degrees = fc.double({ min: -180, max: 180, noNaN: true })
const pose = fc.record({ yaw: degrees, pitch: degrees, roll: degrees })

describe('poseError', () => {
  test('gives each angle’s difference and their mean', () => {
    expect(poseError({ yaw: 10, pitch: -5, roll: 0 }, { yaw: -20, pitch: -8, roll: 3 })).toEqual({
      yaw: 30,
      pitch: 3,
      roll: 3,
      mean: 12,
    })
  })

  test('goes the short way round', () => {
    const { roll } = poseError({ yaw: 0, pitch: 0, roll: 170 }, { yaw: 0, pitch: 0, roll: -170 })
    expect(roll).toBe(20)
  })

  test.prop([pose, pose])('is symmetric, within 0 to 180, and 0 for equal poses', (a, b) => {
    const error = poseError(a, b)
    expect(error).toEqual(poseError(b, a))
    expect(poseError(a, a).mean).toBe(0)
    for (const value of Object.values(error)) {
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThanOrEqual(180)
    }
  })
})
