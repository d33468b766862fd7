import type { NetworkSession } from '@retinaface/core'

/**
 * Lets events in before each run of a session: a run blocks its thread, and without a break between
 * the tiles of a large picture no message and no click could stop the work.
 */
export function breatheBetweenRuns(session: NetworkSession): NetworkSession {
  const { inputNames, outputNames } = session
  return {
    inputNames,
    outputNames,
    run: async (feeds, outputs) => {
      await nextTask()
      return session.run(feeds, outputs)
    },
    release: () => session.release(),
  }
}

/** Resolves after the events that wait; unlike a timer's, its wait is not stretched in hidden pages. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
