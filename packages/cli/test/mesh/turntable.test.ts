import { readFaceTopology } from '@retinaface/node/results'
import { expect, test } from 'vitest'
import { drawBackdrop } from '../../src/mesh/backdrop.ts'
import { turntable } from '../../src/mesh/turntable.ts'

test('a turntable shows a symmetric face from mirrored sides, over its backdrop', async () => {
  const { positions, triangles } = (await readFaceTopology()).levels.at(-1)!
  const colors = positions.map(() => 0.7)
  const frames = [...turntable({ positions, triangles, colors }, 4)]
  expect(frames).toHaveLength(4)
  const backdrop = drawBackdrop(640).data
  // The columns that differ from the backdrop, in the middle row.
  const extents = frames.map(({ data }) => {
    const row = Array.from({ length: 640 }, (_, x) => (320 * 640 + x) * 3)
    const covered = row.flatMap((at, x) => (data[at] === backdrop[at] ? [] : [x]))
    return [covered[0]!, covered.at(-1)!] as const
  })
  const [front, left, , right] = extents
  expect(Math.abs(front![0] + front![1] - 639)).toBeLessThanOrEqual(4)
  expect(Math.abs(left![0] + right![1] - 639)).toBeLessThanOrEqual(4)
  expect(left).not.toEqual(front)
})
