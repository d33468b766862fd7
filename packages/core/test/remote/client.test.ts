import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { InvalidArgumentError, WorkerLostError } from '../../src/index.ts'
import { RemoteClient } from '../../src/remote/client.ts'
import type {
  RemoteCall,
  RemoteReply,
  RemoteRequest,
  RemoteWorker,
} from '../../src/remote/protocol.ts'

/** A worker that says what it is told to. */
class FakeWorker implements RemoteWorker {
  readonly received: RemoteRequest<RemoteCall>[] = []
  readonly keepProcess = vi.fn()
  readonly end = vi.fn(async () => undefined)
  say: (reply: RemoteReply) => void = () => undefined
  die: (problem: string) => void = () => undefined

  postMessage(message: RemoteRequest<RemoteCall>): void {
    this.received.push(structuredClone(message))
  }

  onMessage<Message>(listener: (message: Message) => void): void {
    this.say = (reply) => listener(structuredClone(reply) as Message)
  }

  onEnd(listener: (problem: string) => void): void {
    this.die = listener
  }
}

const readImage = { kind: 'readImage', source: 'a.jpg' } as const
let worker: FakeWorker
let lost: WorkerLostError[]
let client: RemoteClient<RemoteCall>
let answers: number

beforeEach(() => {
  vi.useFakeTimers()
  worker = new FakeWorker()
  lost = []
  answers = 0
  client = new RemoteClient(
    worker,
    (error) => lost.push(error),
    () => {
      answers += 1
    },
  )
})
afterEach(() => vi.useRealTimers())

describe('RemoteClient', () => {
  test('rejects an aborted call while the worker says nothing, and tells it to stop', async () => {
    const stop = new AbortController()
    const call = client.call(readImage, { signal: stop.signal })
    stop.abort(new Error('enough'))
    await expect(call).rejects.toThrow('enough')
    expect(worker.received).toEqual([
      { id: 1, call: readImage },
      { id: 1, isStopped: true },
    ])
    expect([client.load, answers]).toEqual([1, 0])
    worker.say({ id: 1, result: 'late' })
    expect([client.load, answers]).toEqual([0, 1])
    vi.advanceTimersByTime(60_000)
    expect(lost).toEqual([])
  })

  test('gives up a worker that does not stop in thirty seconds, with all that it has in hand', async () => {
    const stop = new AbortController()
    const rejected = expect(client.call(readImage, { signal: stop.signal })).rejects.toThrow()
    const other = expect(client.call(readImage)).rejects.toThrow(WorkerLostError)
    stop.abort()
    await rejected
    vi.advanceTimersByTime(29_999)
    expect(lost).toEqual([])
    vi.advanceTimersByTime(1)
    await other
    expect(lost).toHaveLength(1)
    expect(worker.end).toHaveBeenCalledOnce()
    await expect(client.call(readImage)).rejects.toThrow(/did not stop within thirty seconds/)
  })

  test('rejects what a worker has in hand that ends, and is told once', async () => {
    const call = client.call(readImage)
    worker.die('it has ended.')
    worker.die('it has ended.')
    await expect(call).rejects.toThrow(/worker is gone: it has ended\./)
    expect(lost).toHaveLength(1)
  })

  test('a call ends with what its caller’s function throws, which is not called again', async () => {
    const onProgress = vi.fn(() => {
      throw new Error('the progress bar is gone')
    })
    const call = client.call(readImage, { onProgress })
    worker.say({ id: 1, progress: { done: 1, total: 2 } })
    await expect(call).rejects.toThrow('the progress bar is gone')
    worker.say({ id: 1, progress: { done: 2, total: 2 } })
    expect(onProgress).toHaveBeenCalledOnce()
    expect(worker.received.at(-1)).toEqual({ id: 1, isStopped: true })
  })

  test('a worker keeps the process only while somebody waits for it', async () => {
    const stop = new AbortController()
    const calls = [client.call(readImage), client.call(readImage, { signal: stop.signal })]
    expect(worker.keepProcess).toHaveBeenLastCalledWith(true)
    worker.say({ id: 1, result: 'pixels' })
    expect(worker.keepProcess).toHaveBeenLastCalledWith(true)
    stop.abort(new Error('enough'))
    expect(worker.keepProcess).toHaveBeenLastCalledWith(false)
    await expect(Promise.allSettled(calls)).resolves.toMatchObject([{ value: 'pixels' }, {}])
  })

  test('says what cannot be posted', async () => {
    const call = client.call({ kind: 'readImage', source: () => 1 })
    await expect(call).rejects.toThrow(InvalidArgumentError)
    expect(client.load).toBe(0)
  })

  test('closing lets the worker finish, ends it, and is no loss', async () => {
    const closing = client.close()
    expect(worker.received.at(-1)).toMatchObject({ call: { kind: 'dispose' } })
    expect(worker.end).not.toHaveBeenCalled()
    worker.say({ id: 1, result: undefined })
    await closing
    expect(worker.end).toHaveBeenCalledOnce()
    worker.die('it has ended.')
    expect(lost).toEqual([])
  })
})
