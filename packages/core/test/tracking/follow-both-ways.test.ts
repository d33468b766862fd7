import { expect, test } from 'vitest'
import { type Box, type FrameFaces, followBothWays } from '../../src/index.ts'

const boxAt = (x: number): Box => [x, 100, x + 50, 160]
const frame = (i: number, ...faces: FrameFaces['faces']): FrameFaces => ({ time: i / 25, faces })

test('a face that is hardly found belongs to the track before it or after it, and begins none', () => {
  const scores = [0.1, 0.12, 0.15, 0.8, 0.1, 0.9, 0.12, 0.1]
  const frames = scores.map((score, i) =>
    frame(i, { box: boxAt(4 * i), score }, { box: boxAt(400 + 4 * i), score: 0.1 }),
  )
  const [track, ...others] = followBothWays(frames, 0.2)
  expect(others).toEqual([])
  expect(track!.id).toBe(1)
  expect(track!.sightings).toEqual(
    scores.map((score, i) => ({ frame: i, box: boxAt(4 * i), score })),
  )
})

test('a track has at most one face a frame, and gaps stay gaps', () => {
  const face = (i: number) => ({ box: boxAt(2 * i), score: 0.7 })
  const frames = Array.from({ length: 30 }, (_, i) =>
    i > 10 && i < 20 ? frame(i) : frame(i, face(i), { box: boxAt(2 * i + 3), score: 0.15 }),
  )
  const [track, ...others] = followBothWays(frames, 0.2)
  expect(others).toEqual([])
  const found = track!.sightings.map((sighting) => sighting.frame)
  expect(found).toEqual(frames.flatMap(({ faces }, i) => (faces.length > 0 ? [i] : [])))
})
