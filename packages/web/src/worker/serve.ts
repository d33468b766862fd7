import { buildDetector } from '../build-detector.ts'
import type { DirectRetinaFace } from '../direct-retinaface.ts'
import { packError } from './carry-error.ts'
import type { Created, Reply, Request, Task, TaskProgress } from './protocol.ts'

/** What is needed of a worker's global scope. */
type Scope = Pick<DedicatedWorkerGlobalScope, 'postMessage' | 'addEventListener'>

interface Running {
  readonly signal: AbortSignal
  readonly onProgress: (progress: TaskProgress) => void
}

/** Answers a page's requests, of which this is the first, with one detector. */
export function serve(scope: Scope, first: Request): void {
  const running = new Map<number, AbortController>()
  let detector: DirectRetinaFace | undefined

  scope.addEventListener('message', ({ data }: MessageEvent<Request>) => receive(data))
  receive(first)

  function receive({ id, task }: Request): void {
    if (task === 'abort') running.get(id)?.abort()
    else void answer(id, task)
  }

  async function answer(id: number, task: Task): Promise<void> {
    const stop = new AbortController()
    running.set(id, stop)
    const post = (reply: Reply) => scope.postMessage(reply)
    try {
      const value = await perform(task, {
        signal: stop.signal,
        onProgress: (progress) => post({ id, status: 'progress', progress }),
      })
      post({ id, status: 'done', value })
    } catch (error) {
      post({ id, status: 'failed', error: packError(error) })
    } finally {
      running.delete(id)
      // The page made it for this task; left to the collector, bitmaps pile up.
      if ('source' in task && task.source instanceof ImageBitmap) task.source.close()
    }
  }

  async function perform(task: Task, { signal, onProgress }: Running): Promise<unknown> {
    if (task.kind === 'create') {
      const holdsLock = await holdLock(task.lock)
      detector = await buildDetector(task.plan, onProgress, startSelf)
      const { provider, givesFeatures } = detector
      return { provider, givesFeatures, holdsLock } satisfies Created
    }
    // The page sends nothing else before the detector is there.
    const ready = detector!
    switch (task.kind) {
      case 'detect':
        return ready.detectSized(task.source, { ...task.options, signal, onProgress })
      case 'validate':
        return ready.detectMany([], task.options).next()
      case 'readImage':
        return ready.readImage(task.source, signal)
      case 'align':
        return ready.align(task.source, task.face, task.options)
    }
  }
}

/** Another worker of this worker's script. */
function startSelf(): Worker {
  return new Worker(globalThis.location.href, { type: 'module', name: 'retinaface' })
}

/**
 * Takes a lock that the browser frees when this worker ends, however it does.
 *
 * @returns whether it has it
 */
function holdLock(name: string): Promise<boolean> {
  if (!navigator.locks) return Promise.resolve(false)
  return new Promise((resolve) => {
    const held = () => {
      resolve(true)
      return new Promise(() => undefined)
    }
    // Denied where the browser keeps nothing for the site.
    navigator.locks.request(name, held).catch(() => resolve(false))
  })
}
