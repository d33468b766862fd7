import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { SerialQueue } from '../../src/detector/serial-queue.ts'

const tasks = fc.array(
  fc.record({ milliseconds: fc.constantFrom(0, 1, 3), fails: fc.boolean(), atOnce: fc.boolean() }),
  { maxLength: 8 },
)

describe('SerialQueue', () => {
  test.prop([tasks], { numRuns: 20 })(
    'runs one task at a time, in order, whether earlier ones fail or not',
    async (planned) => {
      const queue = new SerialQueue()
      const events: string[] = []
      const results = planned.map(({ milliseconds, fails, atOnce }, i) =>
        queue.run(() => {
          events.push(`start ${i}`)
          if (fails && atOnce) {
            events.push(`end ${i}`)
            throw new Error(`task ${i}`)
          }
          return new Promise<number>((resolve, reject) => {
            setTimeout(() => {
              events.push(`end ${i}`)
              if (fails) reject(new Error(`task ${i}`))
              else resolve(i)
            }, milliseconds)
          })
        }),
      )
      const settled = await Promise.allSettled(results)
      expect(events).toEqual(planned.flatMap((_, i) => [`start ${i}`, `end ${i}`]))
      settled.forEach((result, i) => {
        expect(result).toMatchObject(
          planned[i]!.fails
            ? { status: 'rejected', reason: { message: `task ${i}` } }
            : { status: 'fulfilled', value: i },
        )
      })
    },
  )
})
