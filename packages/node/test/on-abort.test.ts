import { getEventListeners } from 'node:events'
import { expect, test, vi } from 'vitest'
import { onAbort } from '../src/pool/on-abort.ts'

test('many wait for one signal with one listener, and who stopped waiting is not called', () => {
  const stop = new AbortController()
  const called = vi.fn()
  const notCalled = vi.fn()
  for (let i = 0; i < 20; i++) onAbort(stop.signal, () => called())
  onAbort(stop.signal, notCalled)()
  expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1)
  stop.abort()
  expect(called).toHaveBeenCalledTimes(20)
  expect(notCalled).not.toHaveBeenCalled()
})
