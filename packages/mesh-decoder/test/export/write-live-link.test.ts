import { expect, test } from 'vitest'
import { rotationVectorOfPose } from '../../src/camera/pose.ts'
import { rotationMatrix } from '../../src/camera/rotation-matrix.ts'
import type { Keyframe } from '../../src/export/keyframe.ts'
import { writeLiveLink } from '../../src/export/write-live-link.ts'

const straight = { yaw: 0, pitch: 0, roll: 0 }

/** Rows by column, as an importer reads them. */
function read(csv: string): Record<string, string>[] {
  const [header, ...lines] = csv.trimEnd().split('\n')
  const names = header!.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    expect(cells).toHaveLength(names.length)
    return Object.fromEntries(names.map((name, i) => [name, cells[i]!]))
  })
}

test('the header is that of the app', () => {
  const csv = writeLiveLink([{ time: 0, weights: {}, pose: straight }])
  const names = csv.split('\n')[0]!.split(',')
  expect(names).toHaveLength(63)
  expect(names.slice(0, 4)).toEqual([
    'Timecode',
    'BlendShapeCount',
    'EyeBlinkLeft',
    'EyeLookDownLeft',
  ])
  expect(names.slice(16, 21)).toEqual([
    'JawForward',
    'JawRight',
    'JawLeft',
    'JawOpen',
    'MouthClose',
  ])
  expect(names.slice(53, 57)).toEqual(['TongueOut', 'HeadYaw', 'HeadPitch', 'HeadRoll'])
  expect(names.slice(57, 60)).toEqual(['LeftEyeYaw', 'LeftEyePitch', 'LeftEyeRoll'])
  expect(new Set(names).size).toBe(63)
})

test('rows come evenly, with what lies between the keyframes', () => {
  const keyframes: Keyframe[] = [
    { time: 3661.5, weights: { jawOpen: 0 }, pose: straight },
    { time: 3661.61, weights: { jawOpen: 0.11 }, pose: { yaw: 18, pitch: -9, roll: 4.5 } },
    { time: 3662, weights: { jawOpen: 0.5, mouthSmileLeft: 1 }, pose: straight },
  ]
  const rows = read(writeLiveLink(keyframes, { frameRate: 30 }))
  expect(rows).toHaveLength(16)
  expect(rows.map(({ Timecode }) => Timecode).slice(13)).toEqual([
    '01:01:01:28.000',
    '01:01:01:29.000',
    '01:01:02:00.000',
  ])
  for (const [i, { JawOpen, BlendShapeCount }] of rows.entries()) {
    expect(BlendShapeCount).toBe('61')
    expect(Number(JawOpen)).toBeCloseTo(i / 30, 5)
  }
  expect(rows.at(-1)!.MouthSmileLeft).toBe('1.000000')
  const [first, , , turned] = rows
  expect(Number(first!.HeadYaw)).toBe(0)
  const share = 0.1 / 0.11
  expect(Number(turned!.HeadYaw)).toBeCloseTo((share * 18 * Math.PI) / 180, 5)
  expect(Number(turned!.HeadPitch)).toBeCloseTo((share * -9 * Math.PI) / 180, 5)
})

test('eyes that look into the camera are turned against the head', () => {
  const pose = { yaw: 25, pitch: 0, roll: 0 }
  const [row] = read(writeLiveLink([{ time: 0, weights: {}, pose, gaze: [0, 0, 1] }]))
  expect(Number(row!.LeftEyeYaw)).toBeCloseTo((-25 * Math.PI) / 180, 5)
  expect(row!.RightEyeYaw).toBe(row!.LeftEyeYaw)
  expect(Number(row!.LeftEyePitch)).toBeCloseTo(0, 5)
  const tilted = { yaw: 25, pitch: 10, roll: 30 }
  const r = rotationMatrix(rotationVectorOfPose(tilted))
  const ahead = [r[2]!, r[5]!, r[8]!] as const
  const [same] = read(writeLiveLink([{ time: 0, weights: {}, pose: tilted, gaze: ahead }]))
  expect(Number(same!.LeftEyeYaw)).toBeCloseTo(0, 5)
  expect(Number(same!.LeftEyePitch)).toBeCloseTo(0, 5)
})

test('no keyframes, and rates that are no whole number, are refused', () => {
  expect(() => writeLiveLink([])).toThrow('at least one keyframe for keyframes')
  const one = [{ time: 0, weights: {}, pose: straight }]
  for (const frameRate of [0, 29.97, Number.NaN]) {
    expect(() => writeLiveLink(one, { frameRate })).toThrow('options.frameRate')
  }
})
