import { describe, expect, test } from 'vitest'
import { clusterBoxes } from '../../src/candidates/cluster-boxes.ts'
import { type ScaledBox, withoutParts } from '../../src/candidates/parts-of-faces.ts'

const largestFace = 640
const square = (x: number, y: number, side: number, score: number, scale: number): ScaledBox => ({
  score,
  scale,
  box: [x, y, x + side, y + side],
})

/** The boxes that stay, by their index. */
function kept(...boxes: ScaledBox[]): number[] {
  const clusters = clusterBoxes(boxes, 0.4)
  return withoutParts(boxes, clusters, largestFace).map((cluster) => cluster.kept)
}

// 1,000 pixels long: whole at a scale of 0.32, too large at a scale of 1.
const whole = square(0, 0, 1000, 0.7, 0.32)

describe('withoutParts', () => {
  test('an eye and a cheek that look like a face when they are looked at too closely are left out', () => {
    expect(kept(whole, square(100, 200, 500, 0.95, 1))).toEqual([0])
  })

  test('a part that reaches a little beyond its face is left out too', () => {
    expect(kept(whole, square(-50, 300, 500, 0.95, 1))).toEqual([0])
  })

  test('a face in front of another stays where the look that shows both agrees', () => {
    const closely = square(100, 200, 500, 0.95, 1)
    expect(kept(whole, closely, square(110, 190, 510, 0.6, 0.32))).toEqual([1, 0])
  })

  test('a face beside another stays, and one that is in it by half', () => {
    expect(kept(whole, square(900, 0, 300, 0.9, 1))).toEqual([1, 0])
    expect(kept(whole, square(850, 0, 300, 0.9, 1))).toEqual([1, 0])
  })

  test('where the larger face is seen in one piece, what lies in it stays', () => {
    const face = square(0, 0, 600, 0.9, 1)
    expect(kept(face, square(100, 100, 100, 0.8, 1))).toEqual([0, 1])
  })

  test('what hardly scores has no parts', () => {
    expect(kept({ ...whole, score: 0.2 }, square(100, 200, 500, 0.95, 1))).toEqual([1, 0])
  })
})
