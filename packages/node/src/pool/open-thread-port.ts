import { parentPort, workerData } from 'node:worker_threads'
import type { RemotePort } from '@retinaface/core/platform'
import { beginLife, END } from './worker-life.ts'

/** The port of a thread that `startThread` started; called before anything that takes long. */
export function openThreadPort(): RemotePort {
  beginLife(workerData)
  const port = parentPort!
  port.on('message', (message) => {
    if (message === END) process.exit()
  })
  return {
    postMessage: (message, transfer) => port.postMessage(message, transfer as ArrayBuffer[]),
    onMessage: (listener) => port.on('message', listener),
  }
}
