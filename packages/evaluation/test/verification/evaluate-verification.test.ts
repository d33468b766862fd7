import { describe, expect, test } from 'vitest'
import {
  evaluateVerification,
  parseVerificationPairs,
  type VerificationPair,
} from '../../src/index.ts'

/** Pairs of 60 people: each with itself, and with the next two. */
const pairs: VerificationPair[] = Array.from({ length: 60 }, (_, i) => i).flatMap((i) => {
  const name = (person: number, picture: number) => `Person_${person % 60}_000${picture}`
  return [
    { names: [name(i, 1), name(i, 2)], same: true },
    { names: [name(i, 1), name(i + 1, 1)], same: false },
    { names: [name(i, 2), name(i + 2, 1)], same: false },
  ]
})

describe('evaluateVerification', () => {
  test('similarities that differ clearly are told right', () => {
    const similarities = pairs.map(({ same }, i) => (same ? 0.9 : 0.4) + 0.001 * (i % 7))
    const result = evaluateVerification(pairs, similarities)
    expect(result).toMatchObject({ accuracy: 1, pairs: 180, missed: 0, tarAtFar: { '0.01': 1 } })
    expect(result.threshold).toBeGreaterThan(0.406)
    expect(result.threshold).toBeLessThan(0.9)
    expect(result.intervals.accuracy).toEqual([1, 1])
  })

  test('similarities that tell nothing are as good as a coin', () => {
    const similarities = pairs.map((_, i) => ((i * 7919) % 1009) / 1009)
    const { accuracy, intervals } = evaluateVerification(pairs, similarities)
    expect(accuracy).toBeLessThan(0.75)
    expect(intervals.accuracy[0]).toBeLessThan(accuracy)
    expect(intervals.accuracy[1]).toBeGreaterThan(accuracy)
  })

  test('a person does not set the threshold that it is measured with', () => {
    // One person's pairs lie wholly elsewhere: they are told wrong, though a threshold that knew them,
    // and nobody else, would tell them right.
    const odd = pairs.map(({ names, same }, i) => {
      if (names[0].startsWith('Person_0_')) return same ? 0.2 : 0.1
      return (same ? 0.9 : 0.4) + 0.001 * (i % 7)
    })
    expect(evaluateVerification(pairs, odd).accuracy).toBeCloseTo(1 - 1 / 180, 6)
  })

  test('pairs without a similarity count as told wrong', () => {
    const similarities = pairs.map(({ same }, i) => (i < 6 ? undefined : same ? 0.9 : 0.4))
    const result = evaluateVerification(pairs, similarities)
    expect(result.missed).toBe(6)
    expect(result.accuracy).toBeCloseTo(174 / 180, 6)
  })

  test('true acceptance at a rate is what a plain count gives', () => {
    const similarities = pairs.map(({ same }, i) => ((i * 31) % 101) / 101 + (same ? 0.5 : 0))
    const others = pairs.flatMap(({ same }, i) => (same ? [] : [similarities[i]!]))
    // At 1 % of 120 one of the others may pass.
    const second = others.sort((a, b) => b - a)[1]!
    const passed = pairs.filter(({ same }, i) => same && similarities[i]! > second).length
    const { tarAtFar } = evaluateVerification(pairs, similarities)
    expect(tarAtFar).toEqual({ '0.01': passed / 60 })
  })

  test('too few pairs are refused', () => {
    expect(() => evaluateVerification(pairs.slice(0, 6), [])).toThrow('too few pairs for 10 folds')
  })
})

describe('parseVerificationPairs', () => {
  test('reads file names with and without folders', () => {
    expect(
      parseVerificationPairs('a,b,same\r\nA/A_0001.jpg,A_0002.png,1\nA_0001,B_0001,0\n'),
    ).toEqual([
      { names: ['A_0001', 'A_0002'], same: true },
      { names: ['A_0001', 'B_0001'], same: false },
    ])
  })

  test.each([
    ['A,1,2\n', 'the line "a,b,same", not "A,1,2"'],
    ['', 'the line "a,b,same", not ""'],
    ['a,b,same\nA_0001,B_0001\n', 'line 2 of the pairs'],
    ['a,b,same\nA_0001,B_0001,yes\n', 'line 2 of the pairs'],
  ])('refuses %j', (csv, message) => {
    expect(() => parseVerificationPairs(csv)).toThrow(message)
  })
})
