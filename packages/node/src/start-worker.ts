import { Worker } from 'node:worker_threads'
import type { RemoteWorker } from '@retinaface/core'
import { here } from './here.ts'
import { createLife, END, endBeforeProcess } from './pool/worker-life.ts'

/** Starts a thread of the package's worker script. */
export function startWorker(): RemoteWorker {
  const life = createLife()
  // As it is built; from the sources it does not start.
  const thread = new Worker(new URL('./detect-worker.js', here), { workerData: life })
  const ended = new Promise<void>((resolve) => thread.on('exit', () => resolve()))
  endBeforeProcess(thread, life)
  return {
    postMessage: (message, transfer) => thread.postMessage(message, transfer as ArrayBuffer[]),
    onMessage: (listener) => thread.on('message', listener),
    onEnd: (listener) => {
      thread.on('error', (error) => listener(explain(error), error))
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

function explain(error: Error): string {
  const isMissing = 'code' in error && String(error.code).includes('MODULE_NOT_FOUND')
  const remedy =
    'A bundle must have detect-worker.js of @retinaface/node, bundled too, beside it, or leave the package out.'
  return isMissing ? `its script was not found. ${remedy}` : `${error.message}.`
}
