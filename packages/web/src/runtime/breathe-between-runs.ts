import type { NetworkSession } from '@retinaface/core/platform'

/**
 * Lets events in before each run of a session: a run blocks its thread, and without a break between
 * the tiles of a large picture no message and no click could stop the work.
 */
export function breatheBetweenRuns(session: NetworkSession): NetworkSession {
  const { inputNames, outputNames } = session
  const { port1, port2 } = new MessageChannel()
  const waiting: (() => void)[] = []
  port1.onmessage = () => waiting.shift()?.()
  /** Resolves after the events that wait; unlike a timer's, its wait is not stretched in hidden pages. */
  const nextTask = () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve)
      port2.postMessage(null)
    })
  return {
    inputNames,
    outputNames,
    run: async (feeds, outputs) => {
      await nextTask()
      return session.run(feeds, outputs)
    },
    release: async () => {
      port1.close()
      await session.release()
    },
  }
}
