import { describe, expect, test } from 'vitest'
import { bestTurns, isKnown, type TurnedCandidate } from '../../src/candidates/best-turns.ts'
import type { Quarters } from '../../src/image/turn-image.ts'

/** A face of 100 pixels whose mouth lies in this direction of its eyes, in the picture. */
function face(
  score: number,
  quarters: Quarters,
  [downX, downY]: readonly [number, number],
  x = 0,
): TurnedCandidate {
  const eye = [x + 50 - 25 * downX, 50 - 25 * downY]
  const mouth = [x + 50 + 25 * downX, 50 + 25 * downY]
  const landmarks = [...eye, ...eye, x + 50, 50, ...mouth, ...mouth]
  return { score, quarters, box: [x, 0, x + 100, 100], landmarks }
}

// What an upright face looks like in a view turned by each number of quarters.
const upright = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
] as const

describe('bestTurns', () => {
  test.each([0, 1, 2, 3] as const)('keeps the turn by %i in which a face is sure', (quarters) => {
    const sure = face(0.9, quarters, upright[quarters])
    const others = ([0, 1, 2, 3] as const)
      .filter((other) => other !== quarters)
      .map((other) => face(0.6, other, upright[other]))
    expect(bestTurns([...others, sure])).toEqual([sure])
  })

  test('of two sure ones, keeps the one in which the face stands', () => {
    const standing = face(0.95, 0, [0, 1])
    expect(bestTurns([face(0.99, 1, [0.3, 0.95]), standing])).toEqual([standing])
  })

  test('keeps all candidates of the same turn, and faces that are apart', () => {
    const same = [face(0.9, 0, [0, 1]), face(0.8, 0, [0, 1], 10)]
    const apart = face(0.6, 2, [0, -1], 300)
    expect(bestTurns([...same, apart])).toEqual([...same, apart])
  })

  test('a face whose five points are one point has no turn', () => {
    expect(bestTurns([face(0.9, 0, [0, 0]), face(0.5, 1, [1, 0])])).toHaveLength(1)
  })
})

test('a face is known where it is seen as well in another turn', () => {
  const lying = face(0.9, 3, [-1, 0])
  expect(isKnown(lying, [face(0.95, 0, [0, 1])])).toBe(true)
  expect(isKnown(lying, [face(0.8, 0, [0, 1])])).toBe(false)
  expect(isKnown(lying, [face(0.95, 0, [0, 1], 300)])).toBe(false)
})
