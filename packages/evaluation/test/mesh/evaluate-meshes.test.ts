import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { EvaluationError, evaluateMeshes, type MeshSample, type Points } from '../../src/index.ts'

const mesh: Points = Array.from({ length: 468 }, (_, i) => [
  100 + 40 * Math.cos(i),
  100 + 50 * Math.sin(i),
  20 * Math.cos(3 * i),
])
const moved = ([dx, dy, dz]: readonly number[]): Points =>
  mesh.map(([x, y, z]) => [x! + dx!, y! + dy!, z! + dz!])
const sample = (changes: Partial<MeshSample> = {}): MeshSample => ({
  predicted: mesh,
  expected: mesh,
  box: [60, 50, 140, 150],
  yaw: 10,
  ...changes,
})
const finite = fc.double({ min: -100, max: 100, noNaN: true })

describe('evaluateMeshes', () => {
  test('a mesh like the expected one has no error', () => {
    const { all } = evaluateMeshes([sample()])
    expect(all.error2d).toEqual({ count: 1, mean: 0, median: 0, p90: 0 })
    expect(all.error3d.mean).toBe(0)
  })

  test.prop([finite, finite, finite])(
    'a mesh moved as a whole is off by the move in the image; a move in depth is not seen',
    (dx, dy, dz) => {
      const { error2d, error3d } = evaluateMeshes([sample({ predicted: moved([dx, dy, dz]) })]).all
      const expected = Math.hypot(dx, dy) / Math.sqrt(80 * 100)
      expect(error2d.mean).toBeCloseTo(expected, 9)
      expect(error3d.mean).toBeCloseTo(expected, 9)
    },
  )

  test('errors in relative depth count in 3D only', () => {
    const predicted = mesh.map(([x, y, z], i) => [x!, y!, z! + (i % 2 === 0 ? 8 : -8)])
    const { error2d, error3d } = evaluateMeshes([sample({ predicted })]).all
    expect(error2d.mean).toBe(0)
    expect(error3d.mean).toBeCloseTo(8 / Math.sqrt(8000), 12)
  })

  test('vertices beyond MediaPipe’s 468 play no part', () => {
    const predicted = [...moved([3, 4, 0]), [9999, 9999, 9999]]
    const { all } = evaluateMeshes([sample({ predicted })])
    expect(all.error2d.mean).toBeCloseTo(5 / Math.sqrt(8000), 12)
  })

  test('groups by the height of the box and by yaw of either sign', () => {
    const tall = (height: number, yaw: number) => sample({ box: [0, 0, 50, height], yaw })
    const samples = [
      tall(10, 0),
      tall(24, -19),
      tall(47.9, 20),
      tall(48, -39),
      tall(96, -40),
      tall(500, 99),
    ]
    const { all, byHeight, byYaw } = evaluateMeshes(samples)
    const counts = (groups: typeof byYaw) =>
      Object.fromEntries(groups.map(({ label, error2d }) => [label, error2d.count]))
    expect(counts([all])).toEqual({ all: 6 })
    expect(counts(byHeight)).toEqual({ '0-24': 1, '24-48': 2, '48-96': 1, '96+': 2 })
    expect(counts(byYaw)).toEqual({ '0-20': 2, '20-40': 2, '40+': 2 })
  })

  test('leaves empty groups out and counts nothing for no face', () => {
    const { all, byHeight, byYaw } = evaluateMeshes([])
    expect(all.error2d.count).toBe(0)
    expect(all.error2d.mean).toBeNaN()
    expect([...byHeight, ...byYaw]).toEqual([])
  })

  test('refuses too few vertices, vertices without depth, and a box without area', () => {
    const flat = mesh.map(([x, y]) => [x!, y!])
    expect(() => evaluateMeshes([sample({ predicted: mesh.slice(1) })])).toThrow('received 467')
    expect(() => evaluateMeshes([sample({ predicted: flat })])).toThrow(/Expected 3 finite numbers/)
    expect(() => evaluateMeshes([sample({ predicted: moved([Number.NaN, 0, 0]) })])).toThrow(
      /point 0/,
    )
    expect(() => evaluateMeshes([sample({ box: [5, 5, 5, 9] })])).toThrow(EvaluationError)
  })
})
