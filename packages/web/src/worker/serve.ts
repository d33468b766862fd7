import { serveDetector } from '@retinaface/core/platform'
import { buildDetector } from '../build-detector.ts'
import type { DetectorPlan } from '../runtime/detector-plan.ts'
import { type DetectorStart, LOCKED } from './open-worker.ts'

/** What is needed of a worker's global scope. */
type Scope = Pick<DedicatedWorkerGlobalScope, 'postMessage' | 'addEventListener'>

/** Makes this worker that of a detector. */
export function serve(scope: Scope, { lock }: DetectorStart): void {
  const locking = holdLock(lock).then((isHeld) => {
    if (isHeld) scope.postMessage(LOCKED)
  })
  serveDetector(
    {
      postMessage: (message) => scope.postMessage(message),
      onMessage: (listener) => scope.addEventListener('message', ({ data }) => listener(data)),
    },
    async (plan: DetectorPlan, onProgress) => {
      await locking
      return buildDetector(plan, onProgress, startSelf)
    },
  )
}

/** Another worker of this worker's script. */
function startSelf(): Worker {
  return new Worker(globalThis.location.href, { type: 'module', name: 'retinaface' })
}

/**
 * Takes a lock that the browser frees when this worker ends, however it does.
 *
 * @returns whether it has it; some browsers have none, or deny it where they keep nothing for the site
 */
function holdLock(name: string): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(false)
  return new Promise((resolve) => {
    const held = () => {
      resolve(true)
      return new Promise(() => undefined)
    }
    navigator.locks.request(name, held).catch(() => resolve(false))
  })
}
