import { describe, expect, test } from 'vitest'
import type { Face } from '../../src/index.ts'
import { FaceTracker } from '../../src/tracking/face-tracker.ts'

function faceAt(x: number, y: number, size = 50): Face {
  const point = [x + size / 2, y + size / 2] as const
  return {
    score: 0.9,
    box: [x, y, x + size, y + size],
    landmarks: [point, point, point, point, point],
    anchor: { stride: 16, row: 0, column: 0, index: 0, centre: point, size, flipped: false },
  }
}

const ids = (tracker: FaceTracker, faces: readonly Face[], time: number) =>
  tracker.update(faces, time).map(({ id }) => id)

describe('face tracker', () => {
  test('a face keeps its id while it moves, whatever the order of the faces', () => {
    const tracker = new FaceTracker()
    expect(ids(tracker, [faceAt(0, 0), faceAt(200, 0)], 0)).toEqual([1, 2])
    expect(ids(tracker, [faceAt(190, 0), faceAt(10, 0)], 0.1)).toEqual([2, 1])
    expect(ids(tracker, [faceAt(20, 5), faceAt(180, 0), faceAt(400, 0)], 0.2)).toEqual([1, 2, 3])
  })

  test('a face that is covered for less than two seconds keeps its id, after that it is new', () => {
    const tracker = new FaceTracker()
    expect(ids(tracker, [faceAt(0, 0)], 0)).toEqual([1])
    expect(ids(tracker, [], 0.5)).toEqual([])
    expect(ids(tracker, [faceAt(5, 0)], 2)).toEqual([1])
    expect(ids(tracker, [], 2.1)).toEqual([])
    expect(ids(tracker, [faceAt(5, 0)], 4.2)).toEqual([2])
  })

  test('a face keeps its id however slowly frames come', () => {
    const tracker = new FaceTracker()
    for (const time of [0, 5, 10]) {
      expect(ids(tracker, [faceAt(time, 0), faceAt(200, 0)], time)).toEqual([1, 2])
    }
  })

  test('who goes on straight is found where it was going to, without any overlap', () => {
    const tracker = new FaceTracker()
    for (const i of [0, 1, 2, 3, 4]) ids(tracker, [faceAt(40 * i, 0), faceAt(40 * i, 300)], i / 10)
    expect(ids(tracker, [faceAt(400, 300), faceAt(400, 0)], 1)).toEqual([2, 1])
  })

  test('of two that meet and overlap each keeps its way', () => {
    const tracker = new FaceTracker()
    for (let i = 0; i <= 20; i++) {
      const pair = [faceAt(10 * i, 0), faceAt(200 - 10 * i, 10)]
      const isTurned = i % 2 === 1
      const found = ids(tracker, isTurned ? pair.reverse() : pair, i / 10)
      expect(isTurned ? found.reverse() : found).toEqual([1, 2])
    }
  })

  test('a face far away or of another size is another face', () => {
    const tracker = new FaceTracker()
    ids(tracker, [faceAt(0, 0)], 0)
    expect(ids(tracker, [faceAt(100, 0)], 0.1)).toEqual([2])
    expect(ids(tracker, [faceAt(100, 0, 150)], 0.2)).toEqual([3])
  })

  test('boxes, landmarks and meshes are smoothed, the rest passes through', () => {
    const tracker = new FaceTracker({ restCutoff: 1, speedGain: 0 })
    const mesh = (value: number): NonNullable<Face['mesh']> => ({
      positions: Float32Array.of(value, value, value),
      canonical: Float32Array.of(value, value, value),
      colors: Float32Array.of(value, value, value),
      triangles: Int32Array.of(0, 0, 0),
      uv: Float32Array.of(0, 0),
    })
    const [before] = tracker.update([{ ...faceAt(0, 0), mesh: mesh(0) }], 0)
    // What a mesh computes when it is read is smoothed from the frame on in which it is first read.
    expect(before!.mesh!.canonical[0]).toBe(0)
    const second = { ...faceAt(10, 0), score: 0.7, mesh: mesh(10) }
    const [face] = tracker.update([second], 1 / 30)
    const weight = (2 * Math.PI) / 30 / (1 + (2 * Math.PI) / 30)
    expect(face!.box[0]).toBeCloseTo(10 * weight, 5)
    expect(face!.landmarks[4][0]).toBeCloseTo(25 + 10 * weight, 5)
    expect(face!.mesh!.positions[2]).toBeCloseTo(10 * weight, 5)
    expect(face!.mesh!.canonical[0]).toBeCloseTo(10 * weight, 5)
    expect(face!.mesh!.colors).toEqual(second.mesh.colors)
    expect(face!.score).toBe(0.7)
    expect(second.mesh.positions[0]).toBe(10)
  })
})
