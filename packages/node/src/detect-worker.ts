import { parentPort, workerData } from 'node:worker_threads'
import { serveDetector } from '@retinaface/core'
import type { CreateOptions } from './create-options.ts'
import { beginLife, END } from './pool/worker-life.ts'

beginLife(workerData)
const port = parentPort!
port.on('message', (message) => {
  if (message === END) process.exit()
})
serveDetector(
  {
    postMessage: (message, transfer) => port.postMessage(message, transfer as ArrayBuffer[]),
    onMessage: (listener) => port.on('message', listener),
  },
  async (options: CreateOptions) => {
    // Later than the port is listened to, so that the worker can be ended while it starts.
    const { createRetinaFace } = await import('./create-retinaface.ts')
    return createRetinaFace(options)
  },
)
