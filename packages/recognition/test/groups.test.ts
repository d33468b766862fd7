import { describe, expect, test } from 'vitest'
import { cluster, type Embedding, search, similarity } from '../src/index.ts'

/** Faces of `people` people, `each` of everyone, one person after another in turns. */
function facesOf(people: number, each: number, spread: number): Embedding[] {
  let state = 7
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32 - 0.5
  }
  const vector = (size: number) => Float32Array.from({ length: 16 }, () => size * random())
  const centres = Array.from({ length: people }, () => vector(2))
  return Array.from({ length: people * each }, (_, i) => {
    const noise = vector(spread)
    return centres[i % people]!.map((value, k) => value + noise[k]!)
  })
}

describe('cluster', () => {
  test('people are found, and who is like nobody is alone', async () => {
    const stranger = new Float32Array(16).fill(9)
    const groups = await cluster([...facesOf(5, 60, 0.3), stranger], { threshold: 0.8 })
    expect(groups.map(({ length }) => length)).toEqual([60, 60, 60, 60, 60, 1])
    for (const group of groups.slice(0, 5)) {
      expect(new Set(group.map((face) => face % 5)).size).toBe(1)
    }
    expect(groups[5]).toEqual([300])
  })

  test('people are found among more faces than are compared at once', async () => {
    const groups = await cluster(facesOf(300, 20, 0.3), { threshold: 0.8 })
    expect(groups).toHaveLength(300)
    for (const group of groups) {
      expect(group).toHaveLength(20)
      expect(new Set(group.map((face) => face % 300)).size).toBe(1)
    }
  })

  test('a chain of faces does not join two people', async () => {
    // Two clouds, and one face between them that is like some of each.
    const cloud = (x: number) =>
      Array.from({ length: 10 }, (_, i) => Float32Array.of(x + 0.01 * i, 0.01 * (i % 3)))
    const between = Float32Array.of(0.55, 0)
    const groups = await cluster([...cloud(0), ...cloud(1), between], { threshold: 0.87 })
    expect(groups.map(({ length }) => length)).toEqual([11, 10])
  })

  test('nobody gives no groups', async () => {
    expect(await cluster([], { threshold: 0.8 })).toEqual([])
  })

  test('bad input is told', async () => {
    const mixed = [new Float32Array(2), new Float32Array(3)]
    await expect(cluster(mixed, { threshold: 0.8 })).rejects.toThrow('3 numbers at 1')
    await expect(cluster([], { threshold: Number.NaN })).rejects.toThrow('options.threshold')
    const misspelt = { threshold: 0.8, treshold: 1 }
    await expect(cluster([], misspelt)).rejects.toThrow('no others than threshold, signal')
  })

  test('an aborted signal ends it with its reason', async () => {
    const controller = new AbortController()
    const { signal } = controller
    const groups = cluster(facesOf(2, 400, 0.3), { threshold: 0.8, signal })
    const reason = new Error('enough')
    controller.abort(reason)
    await expect(groups).rejects.toBe(reason)
  })
})

test('groups are those that joining the two most alike, again and again, gives', async () => {
  const faces = facesOf(8, 5, 1.6)
  for (const threshold of [-7, -5, -4, -3]) {
    const groups = await cluster(faces, { threshold })
    expect(groups.length).toBeGreaterThan(1)
    expect(groups.length).toBeLessThan(40)
    const sorted = (some: readonly (readonly number[])[]) => some.map(String).sort()
    expect(sorted(groups)).toEqual(sorted(joinedNaively(faces, threshold)))
  }
})

/** Average linkage by its definition: all pairs of all groups, each time. */
function joinedNaively(faces: readonly Embedding[], threshold: number): number[][] {
  const groups = faces.map((_, i) => [i])
  for (;;) {
    let [most, at, with_] = [Number.NEGATIVE_INFINITY, 0, 0]
    for (let i = 0; i < groups.length; i++) {
      for (let j = 0; j < i; j++) {
        const pairs = groups[i]!.flatMap((a) => {
          return groups[j]!.map((b) => similarity(faces[a]!, faces[b]!))
        })
        const mean = pairs.reduce((sum, one) => sum + one, 0) / pairs.length
        if (mean > most) [most, at, with_] = [mean, i, j]
      }
    }
    if (most < threshold) return groups.map((group) => group.sort((a, b) => a - b))
    groups[with_]!.push(...groups[at]!)
    groups.splice(at, 1)
  }
}

describe('search', () => {
  const faces = facesOf(10, 5, 0.3)

  test('gives the most alike first', () => {
    const found = search(faces[3]!, faces, { count: 5 })
    expect(found.map(({ index }) => index % 10)).toEqual([3, 3, 3, 3, 3])
    expect(found[0]).toEqual({ index: 3, similarity: 1 })
    const alike = found.map((match) => match.similarity)
    expect(alike).toEqual([...alike].sort((a, b) => b - a))
  })

  test('a threshold leaves out the others', () => {
    expect(search(faces[3]!, faces, { threshold: 1 })).toHaveLength(1)
    expect(search(faces[3]!, faces)).toHaveLength(10)
  })

  test.each([
    [{ count: 0 }, 'options.count'],
    [{ threshold: Number.NaN }, 'options.threshold'],
    [{ limit: 3 }, 'no others than count, threshold'],
  ])('refuses %j', (options, message) => {
    expect(() => search(faces[3]!, faces, options as object)).toThrow(message)
  })
})
