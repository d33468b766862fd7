import { expect, test } from 'vitest'
import type { Face, FaceMesh } from '../../src/index.ts'
import { FaceSmoother } from '../../src/tracking/face-smoother.ts'
import { OneEuroFilter } from '../../src/tracking/one-euro-filter.ts'

/** A face whose mesh counts how often its lazy parts are read. */
function faceAt(value: number): { face: Face; reads: Record<'canonical' | 'colors', number> } {
  const reads = { canonical: 0, colors: 0 }
  const mesh: FaceMesh = {
    positions: Float32Array.of(value, value, 0),
    get canonical() {
      reads.canonical += 1
      return Float32Array.of(value / 10, 1, 2)
    },
    get colors() {
      reads.colors += 1
      return Float32Array.of(0.1, 0.2, 0.3)
    },
    triangles: Int32Array.of(0, 0, 0),
    uv: Float32Array.of(0, 0),
  }
  const point = [value, value] as const
  const landmarks = [point, point, point, point, point] as const
  const anchor = { stride: 8, row: 0, column: 0, index: 0, size: 16, flipped: false }
  const box = [value, value, value + 50, value + 60] as const
  const centre = [value, value] as const
  return { face: { score: 1, box, landmarks, anchor: { ...anchor, centre }, mesh }, reads }
}

test('parts of meshes that are computed when they are first read are left so', () => {
  const smoother = new FaceSmoother({})
  for (let frame = 0; frame < 3; frame++) {
    const { face, reads } = faceAt(100 + frame)
    const { mesh } = smoother.smooth(face, frame / 30)
    expect(mesh!.positions).toHaveLength(3)
    expect(reads).toEqual({ canonical: 0, colors: 0 })
    expect(mesh!.canonical).toBe(mesh!.canonical)
    expect([...mesh!.colors]).toEqual([...face.mesh!.colors])
    expect(reads).toEqual({ canonical: 1, colors: 2 })
  }
})

test('canonical vertices that are read are smoothed, in the frames in which they are', () => {
  const smoother = new FaceSmoother({})
  const filter = new OneEuroFilter()
  for (const [frame, isRead] of [true, false, false, true, true].entries()) {
    const { mesh } = smoother.smooth(faceAt(100 + 5 * frame).face, frame / 30)
    if (!isRead) continue
    const expected = filter.smooth([(100 + 5 * frame) / 10, 1, 2], 15, frame / 30)
    expect([...mesh!.canonical]).toEqual([...expected])
  }
})
