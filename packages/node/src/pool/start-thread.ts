import { Worker } from 'node:worker_threads'
import type { RemoteWorker } from '@retinaface/core/platform'
import { silenceTelemetry } from '../silence-telemetry.ts'
import { createLife, END, endBeforeProcess } from './worker-life.ts'

/**
 * Starts a thread of a script that opens its port with `openThreadPort`.
 *
 * @param script where the built script lies
 * @param missing what to do where it is not there, said in the error
 */
export function startThread(script: URL, missing: string): RemoteWorker {
  // Here it holds for the worker too, which cannot do it by itself.
  silenceTelemetry()
  const life = createLife()
  const thread = new Worker(script, { workerData: life })
  const ended = new Promise<void>((resolve) => thread.on('exit', () => resolve()))
  endBeforeProcess(thread, life)
  return {
    postMessage: (message, transfer) => thread.postMessage(message, transfer as ArrayBuffer[]),
    onMessage: (listener) => thread.on('message', listener),
    onEnd: (listener) => {
      thread.on('error', (error) => listener(explain(error, missing), error))
      thread.on('exit', () => listener('it has ended.'))
    },
    keepProcess: (isNeeded) => (isNeeded ? thread.ref() : thread.unref()),
    end: () => {
      // By force it would bring the process down while its network works.
      thread.postMessage(END)
      thread.ref()
      return ended
    },
  }
}

function explain(error: Error, missing: string): string {
  const isMissing = 'code' in error && String(error.code).includes('MODULE_NOT_FOUND')
  return isMissing ? `its script was not found. ${missing}` : `${error.message}.`
}
