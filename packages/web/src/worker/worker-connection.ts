import type { CancelSignal } from '@retinaface/core'
import { unpackError } from './carry-error.ts'
import type { Reply, Task, TaskProgress } from './protocol.ts'
import { WorkerLostError } from './worker-lost-error.ts'

/** How a caller follows and stops a task. */
export interface TaskControl {
  readonly signal?: CancelSignal | undefined
  readonly onProgress?: ((progress: TaskProgress) => void) | undefined
}

interface Pending {
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: unknown) => void
  readonly control: TaskControl
}

/** One worker and the tasks that it has been given. */
export class WorkerConnection {
  /** For the worker to hold as long as it lives. */
  readonly lock: string = `retinaface ${performance.timeOrigin} ${Math.random()}`
  private readonly worker: Worker
  private readonly pending = new Map<number, Pending>()
  private readonly onLost: () => void
  private lastId = 0
  private closed = false

  /** @param onLost called once when the worker has died of itself */
  constructor(worker: Worker, onLost: () => void) {
    this.worker = worker
    this.onLost = onLost
    worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => this.receive(data))
    worker.addEventListener('error', (event) => {
      // A script that cannot be loaded gives an event without a message.
      const { message = 'its script could not be loaded' } = event as Partial<ErrorEvent>
      this.lose(`${message}.`)
    })
  }

  /** Notices when the worker ends without a word; to be called only when it holds its lock. */
  watch(): void {
    const ended = () => this.lose('the browser ended it.')
    // Denied, it stays unnoticed.
    navigator.locks?.request(this.lock, ended).catch(() => undefined)
  }

  /** Gives the worker a task; `transfer` is handed over rather than copied. */
  run<Result>(task: Task, transfer: Transferable[], control: TaskControl): Promise<Result> {
    if (this.closed) return Promise.reject(new WorkerLostError('it ended before the call.'))
    const { signal } = control
    const id = ++this.lastId
    const result = new Promise<unknown>((resolve, reject) => {
      this.pending.set(id, { resolve, reject, control })
      this.worker.postMessage({ id, task }, transfer)
    })
    const stop = () => {
      if (this.pending.has(id)) this.stopIfAborted(id)
    }
    const events = signal && 'addEventListener' in signal ? (signal as AbortSignal) : undefined
    events?.addEventListener('abort', stop)
    return result.finally(() => {
      this.pending.delete(id)
      events?.removeEventListener('abort', stop)
    }) as Promise<Result>
  }

  /** Ends the worker; what it has not finished is rejected. */
  close(problem: string): void {
    if (this.closed) return
    this.closed = true
    this.worker.terminate()
    for (const { reject } of this.pending.values()) reject(new WorkerLostError(problem))
  }

  private lose(problem: string): void {
    if (this.closed) return
    this.close(problem)
    this.onLost()
  }

  private receive(reply: Reply): void {
    const pending = this.pending.get(reply.id)
    if (!pending || this.stopIfAborted(reply.id)) return
    if (reply.status === 'progress') this.tell(reply.id, reply.progress)
    else if (reply.status === 'done') pending.resolve(reply.value)
    else pending.reject(unpackError(reply.error))
  }

  /** A task whose caller's function throws ends with its error. */
  private tell(id: number, progress: TaskProgress): void {
    try {
      this.pending.get(id)!.control.onProgress?.(progress)
    } catch (error) {
      this.stop(id, error)
    }
  }

  /** Ends a task with its signal's reason. */
  private stopIfAborted(id: number): boolean {
    try {
      this.pending.get(id)!.control.signal?.throwIfAborted()
      return false
    } catch (reason) {
      this.stop(id, reason)
      return true
    }
  }

  /** Rejects a task without waiting for the worker, which is told to stop it. */
  private stop(id: number, reason: unknown): void {
    this.pending.get(id)?.reject(reason)
    this.pending.delete(id)
    this.worker.postMessage({ id, task: 'abort' })
  }
}
