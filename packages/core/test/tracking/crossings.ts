import { type Box, type Face, intersectionOverUnion } from '../../src/index.ts'
import { assign } from '../../src/tracking/assign.ts'

/** A face whose owner is known. */
export interface Walker {
  readonly person: number
  readonly face: Face
}

/** A frame of a made-up video. */
export interface Frame {
  readonly time: number
  readonly walkers: readonly Walker[]
}

/** Numbers from 0 to 1 that are the same each time (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

export function faceOf(box: Box, score = 0.9): Face {
  const centre = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2] as const
  const anchor = { stride: 16, row: 0, column: 0, index: 0, centre, size: 16, flipped: false }
  return { score, box, landmarks: [centre, centre, centre, centre, centre], anchor }
}

// Of the one in front, a face that is covered by more is not found.
const visible = 0.25

/**
 * People who walk to and fro across 1280 × 720 pixels and pass before one another. Boxes shake by 3 % of
 * their size, one in thirty is not found, and of two that cover each other only the larger.
 */
export function makeCrossing(seed: number, framesPerSecond: number, people: number): Frame[] {
  const random = randomOf(seed)
  const between = (low: number, high: number) => low + (high - low) * random()
  const paths = Array.from({ length: people }, () => {
    const size = between(60, 100)
    // A walk takes 3 to 6 seconds for 800 pixels, 3 to 4 sizes of a face a second.
    return { size, sway: between(0.6, 1.1), phase: between(0, 7), y: between(300, 400) }
  })
  const noise = () => (random() + random() + random() - 1.5) * 2 * 0.03
  return Array.from({ length: 12 * framesPerSecond }, (_, i) => {
    const time = i / framesPerSecond
    const all = paths.map(({ size, sway, phase, y }, person) => {
      const x = 640 + 450 * Math.sin(sway * time + phase) + size * noise()
      const top = y + 15 * Math.sin(5 * time + phase) + size * noise()
      const side = (size / 2) * (1 + noise())
      const box: Box = [x - side, top - side * 1.2, x + side, top + side * 1.2]
      return { person, box, size }
    })
    const walkers = all.filter(({ box, size }) => {
      const isHidden = all.some(
        (other) => other.size > size && intersectionOverUnion(other.box, 0, box, 0) > visible,
      )
      return !isHidden && random() > 1 / 30
    })
    return { time, walkers: walkers.map(({ person, box }) => ({ person, face: faceOf(box) })) }
  })
}

/** Gives each face of a frame an id. */
export type Follow = (faces: readonly Face[], time: number) => readonly number[]

/** How well ids follow people. */
export interface Following {
  /** How often a person has another id than when last seen. */
  readonly switches: number
  readonly people: number
  /** F1 of the faces with the right id, ids paired with people as well as can be (Ristani 2016). */
  readonly idf1: number
}

export function measure(frames: readonly Frame[], follow: Follow): Following {
  const last = new Map<number, number>()
  const together = new Map<string, number>()
  const ids = new Set<number>()
  let [switches, faces] = [0, 0]
  for (const { time, walkers } of frames) {
    const given = follow(
      walkers.map(({ face }) => face),
      time,
    )
    for (const [i, { person }] of walkers.entries()) {
      const id = given[i]!
      if (last.has(person) && last.get(person) !== id) switches += 1
      last.set(person, id)
      ids.add(id)
      faces += 1
      together.set(`${person} ${id}`, (together.get(`${person} ${id}`) ?? 0) + 1)
    }
  }
  const people = [...last.keys()]
  const all = [...ids]
  const costs = people.map((person) => all.map((id) => -(together.get(`${person} ${id}`) ?? 0)))
  const right = assign(costs, 0).reduce(
    (sum, column, row) => sum - (column < 0 ? 0 : costs[row]![column]!),
    0,
  )
  return { switches, people: people.length, idf1: right / faces }
}

/** Plain overlap: each face goes with the box of the last second that it overlaps most, from 0.2 on. */
export function plainOverlap(): Follow {
  let tracks: { id: number; box: Box; time: number }[] = []
  let lastId = 0
  return (faces, time) => {
    tracks = tracks.filter((track) => time - track.time <= 1)
    const pairs = faces
      .flatMap(({ box }, face) =>
        tracks.map((track) => ({
          face,
          track,
          overlap: intersectionOverUnion(track.box, 0, box, 0),
        })),
      )
      .filter(({ overlap }) => overlap > 0.2)
      .sort((a, b) => b.overlap - a.overlap)
    const found = new Map<number, (typeof tracks)[number]>()
    for (const { face, track } of pairs) {
      if (!found.has(face) && ![...found.values()].includes(track)) found.set(face, track)
    }
    return faces.map(({ box }, face) => {
      const track = found.get(face) ?? { id: ++lastId, box, time }
      if (!found.has(face)) tracks.push(track)
      Object.assign(track, { box, time })
      return track.id
    })
  }
}
