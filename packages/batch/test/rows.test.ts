import { expect, test } from 'vitest'
import { toFailure } from '../src/part/rows.ts'

test('why a picture failed is told in short, without a path that nobody gave', () => {
  const denied = Object.assign(
    new Error("EACCES: permission denied, open '/home/me/photos/a.jpg'"),
    {
      code: 'EACCES',
      syscall: 'open',
    },
  )
  expect(toFailure('photos/a.jpg', denied)).toEqual({
    file: 'photos/a.jpg',
    error: { code: 'EACCES', message: 'EACCES: permission denied' },
  })
  const long = toFailure('photos/a.jpg', new Error('x'.repeat(100_000)))
  expect(long.error.code).toBe('UNEXPECTED')
  expect(long.error.message.length).toBeLessThan(2000)
})
