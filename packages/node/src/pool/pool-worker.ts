import type { Worker } from 'node:worker_threads'
import type { DetectOptions, SizedFaces } from '@retinaface/core'
import { onAbort } from './on-abort.ts'
import type { PoolReply, PoolRequest } from './protocol.ts'
import type { Postable } from './to-postable.ts'

interface Pending {
  readonly resolve: (found: SizedFaces) => void
  readonly reject: (reason: unknown) => void
}

/** A worker with a detector of its own, and the pictures that it has been given. */
export class PoolWorker {
  private readonly worker: Worker
  private readonly pending = new Map<number, Pending>()
  private readonly exit: Promise<void>
  private lastId = 0
  private ready = false

  constructor(worker: Worker) {
    this.worker = worker
    worker.on('message', (reply: PoolReply) => this.receive(reply))
    worker.on('error', (error) => this.lose(error))
    this.exit = new Promise((resolve) => {
      worker.on('exit', () => {
        this.lose(new Error('The worker has ended.'))
        resolve()
      })
    })
    // A process ends when nothing is left to do, with workers or without. Listening undoes it.
    worker.unref()
  }

  /** False until its detector is there, and after it has ended. */
  get isReady(): boolean {
    return this.ready
  }

  /** Pictures that it has not finished. */
  get load(): number {
    return this.pending.size
  }

  /** Rejects with an error that names the problem and has no class: errors are not posted. */
  detect(
    { source, transfer }: Postable,
    { signal, onProgress: _, ...options }: DetectOptions,
  ): Promise<SizedFaces> {
    const id = ++this.lastId
    const found = new Promise<SizedFaces>((resolve, reject) => {
      // Throws for what cannot be cloned.
      this.post({ kind: 'detect', id, source, options }, transfer)
      this.pending.set(id, { resolve, reject })
      this.worker.ref()
    })
    if (!(signal instanceof AbortSignal)) return found
    return found.finally(onAbort(signal, () => this.post({ kind: 'abort', id })))
  }

  /** Lets it finish what it has and ends it. */
  async close(): Promise<void> {
    this.worker.ref()
    // One that is still starting has nothing to finish.
    this.post({ kind: this.ready ? 'close' : 'end' })
    await this.exit
  }

  private post(request: PoolRequest, transfer: ArrayBuffer[] = []): void {
    this.worker.postMessage(request, transfer)
  }

  private receive(reply: PoolReply): void {
    if (reply.kind === 'ready') {
      this.ready = true
      return
    }
    const { resolve, reject } = this.pending.get(reply.id)!
    if (reply.kind === 'done') resolve(reply.found)
    else reject(new Error(reply.reason))
    this.pending.delete(reply.id)
    if (this.pending.size === 0) this.worker.unref()
  }

  private lose(reason: Error): void {
    this.ready = false
    for (const { reject } of this.pending.values()) reject(reason)
    this.pending.clear()
  }
}
