import type { RemoteWorker } from '@retinaface/core/platform'
import { here } from './here.ts'
import { startThread } from './pool/start-thread.ts'

const missing =
  'A bundle must have detect-worker.js of @retinaface/node, bundled too, beside it, or leave the package out.'

/** Starts a thread of the package's worker script. */
export function startWorker(): RemoteWorker {
  // As it is built; from the sources it does not start.
  return startThread(new URL('./detect-worker.js', here), missing)
}
