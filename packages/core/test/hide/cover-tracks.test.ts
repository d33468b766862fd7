import { expect, test } from 'vitest'
import { type Box, coverTracks, doubtfulMoments, type FaceTrack } from '../../src/index.ts'

const times = Array.from({ length: 100 }, (_, i) => i / 25)
const boxAt = (x: number): Box => [x, 100, x + 50, 160]
const sighting = (frame: number, score = 0.9) => ({ frame, box: boxAt(10 + 3 * frame), score })

/** True if a box lies in another. */
const holds = (outer: Box, inner: Box) =>
  outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3]

test('a face is covered in its gaps, and 0.4 seconds before its first sighting and after its last', () => {
  const found = [30, 31, 32, 50, 51]
  const track: FaceTrack = { id: 1, sightings: found.map((frame) => sighting(frame)) }
  const covers = coverTracks([track], times)
  const covered = covers.flatMap((boxes, frame) => (boxes.length > 0 ? [frame] : []))
  expect(covered).toEqual(Array.from({ length: 42 }, (_, i) => 20 + i))
  for (let frame = 30; frame <= 51; frame++) {
    const truth = boxAt(10 + 3 * frame)
    expect(holds(covers[frame]![0]!, truth)).toBe(true)
    // As far as the face moves within half a frame, and more the longer it was not found.
    const [x1, , x2] = covers[frame]![0]!
    const isFound = found.includes(frame)
    expect(x2 - x1).toBeGreaterThanOrEqual(isFound ? 50 : 54)
    expect(x2 - x1).toBeLessThan(50 * 1.3 + 3.1)
  }
})

test('what turns back between two sightings is covered', () => {
  // To and fro, five times in four seconds, seen in each third frame.
  const swinging = (frame: number) => boxAt(200 + 60 * Math.sin((2 * Math.PI * frame) / 20))
  const sightings = times.flatMap((_, frame) =>
    frame % 3 === 0 ? [{ frame, box: swinging(frame), score: 0.9 }] : [],
  )
  const covers = coverTracks([{ id: 1, sightings }], times)
  const open = times.flatMap((_, frame) =>
    holds(covers[frame]![0]!, swinging(frame)) ? [] : [frame],
  )
  expect(open).toEqual([])
  // Where it goes on as it went, covers are no larger for it.
  const straight = times.flatMap((_, frame) => (frame % 3 === 0 ? [sighting(frame)] : []))
  const [x1, , x2] = coverTracks([{ id: 1, sightings: straight }], times)[31]![0]!
  expect(x2 - x1).toBeLessThan(50 * 1.03 + 3.1)
})

test('where a face was bridged, lost or weak is told, and nothing else', () => {
  const size = { width: 640, height: 360 }
  const sure = Array.from({ length: 20 }, (_, i) => sighting(i))
  const after = Array.from({ length: 10 }, (_, i) => sighting(30 + i))
  const weak = Array.from({ length: 10 }, (_, i) => sighting(40 + i, 0.2))
  const track = { id: 7, sightings: [...sure, ...after, ...weak] }
  const about = { id: 7 }
  expect(doubtfulMoments([track], times, size)).toEqual([
    { ...about, frames: [19, 30], times: [19 / 25, 30 / 25], reason: 'bridged', score: 0.9 },
    { ...about, frames: [40, 49], times: [40 / 25, 49 / 25], reason: 'weak', score: 0.2 },
    { ...about, frames: [49, 49], times: [49 / 25, 49 / 25], reason: 'lost', score: 0.2 },
  ])
  const leaves = {
    id: 8,
    sightings: [{ frame: 40, box: [600, 100, 660, 170] as const, score: 0.9 }],
  }
  const stays = {
    id: 9,
    sightings: times.map((_, frame) => ({ frame, box: boxAt(100), score: 0.9 })),
  }
  expect(doubtfulMoments([leaves, stays], times, size)).toEqual([])
})
