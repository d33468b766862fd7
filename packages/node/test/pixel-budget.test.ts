import { describe, expect, test } from 'vitest'
import { PixelBudget } from '../src/pixel-budget.ts'

const total = 100

/** Decoders that end when they are told to, and how many pixels those under way have together. */
function setUp() {
  const budget = new PixelBudget(total)
  const underWay: { pixels: number; end: () => void }[] = []
  const begun: number[] = []
  const sum = () => underWay.reduce((pixels, one) => pixels + one.pixels, 0)
  const decode = (pixels: number, signal?: AbortSignal) =>
    budget.run(
      pixels,
      () =>
        new Promise<number>((resolve) => {
          const one = { pixels, end: () => resolve(pixels) }
          underWay.push(one)
          begun.push(pixels)
        }),
      signal,
    )
  const endOne = async () => {
    underWay.shift()?.end()
    await new Promise(setImmediate)
  }
  return { decode, endOne, begun, sum }
}

describe('pixels in flight', () => {
  test('never are more than the budget, and every picture has its turn in its order', async () => {
    const { decode, endOne, begun, sum } = setUp()
    const sizes = Array.from({ length: 60 }, (_, i) => 1 + ((i * 37) % total))
    const all = sizes.map((size) => decode(size))
    await new Promise(setImmediate)
    while (begun.length < sizes.length || sum() > 0) {
      expect(sum()).toBeGreaterThan(0)
      expect(sum()).toBeLessThanOrEqual(total)
      await endOne()
    }
    expect(await Promise.all(all)).toEqual(sizes)
    expect(begun).toEqual(sizes)
  })

  test('of a picture that is larger than the budget are alone', async () => {
    const { decode, endOne, begun } = setUp()
    const all = [1, 1000, 1].map((size) => decode(size))
    await new Promise(setImmediate)
    expect(begun).toEqual([1])
    await endOne()
    expect(begun).toEqual([1, 1000])
    await endOne()
    await endOne()
    expect(await Promise.all(all)).toEqual([1, 1000, 1])
  })

  test('of a decoder count until it ends, even if nobody waits for it any more', async () => {
    const { decode, endOne, begun } = setUp()
    const controller = new AbortController()
    const left = decode(80, controller.signal)
    const next = decode(80)
    await new Promise(setImmediate)
    controller.abort(new Error('enough'))
    await expect(left).rejects.toThrow('enough')
    await new Promise(setImmediate)
    expect(begun).toEqual([80])
    await endOne()
    expect(begun).toEqual([80, 80])
    await endOne()
    expect(await next).toBe(80)
  })

  test('are not waited for by who has given up, nor by those behind', async () => {
    const { decode, endOne, begun } = setUp()
    const controller = new AbortController()
    const first = decode(60)
    const inTheWay = decode(90, controller.signal)
    const behind = decode(40)
    await new Promise(setImmediate)
    expect(begun).toEqual([60])
    controller.abort(new Error('enough'))
    await expect(inTheWay).rejects.toThrow('enough')
    await new Promise(setImmediate)
    expect(begun).toEqual([60, 40])
    await endOne()
    await endOne()
    expect(await Promise.all([first, behind])).toEqual([60, 40])
    await expect(decode(1, controller.signal)).rejects.toThrow('enough')
    const all = decode(100)
    await new Promise(setImmediate)
    await endOne()
    expect(await all).toBe(100)
  })

  test('come back from decoders that fail', async () => {
    const budget = new PixelBudget(total)
    for (let i = 0; i < 3; i++) {
      const failing = budget.run(total, () => {
        throw new Error('damaged')
      })
      await expect(failing).rejects.toThrow('damaged')
    }
  })
})
