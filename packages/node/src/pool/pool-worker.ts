import type { Worker } from 'node:worker_threads'
import type { DetectOptions, SizedFaces } from '@retinaface/core'
import { onAbort } from './on-abort.ts'
import type { PoolReply, PoolRequest } from './protocol.ts'
import type { Postable } from './to-postable.ts'

interface Pending {
  readonly resolve: (found: SizedFaces) => void
  readonly reject: (reason: unknown) => void
  readonly onProgress: DetectOptions['onProgress']
}

/** A worker with a detector of its own, and the pictures that it has been given. */
export class PoolWorker {
  private readonly worker: Worker
  private readonly pending = new Map<number, Pending>()
  private readonly exit: Promise<void>
  private readonly started: Promise<boolean>
  private settleStart: (isReady: boolean) => void = () => {}
  private lastId = 0
  private ready = false
  /** Reasons why the process is not to end. */
  private holds = 0

  constructor(worker: Worker) {
    this.worker = worker
    this.started = new Promise((resolve) => {
      this.settleStart = resolve
    })
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

  /** True as soon as its detector is there, false if it never will be. */
  async start(): Promise<boolean> {
    this.hold()
    const isReady = await this.started
    this.letGo()
    return isReady
  }

  /** Rejects with an error that names the problem and has no class: errors are not posted. */
  detect(
    { source, transfer }: Postable,
    { signal, onProgress, ...options }: DetectOptions,
  ): Promise<SizedFaces> {
    const id = ++this.lastId
    const found = new Promise<SizedFaces>((resolve, reject) => {
      // Throws for what cannot be cloned.
      const tells = onProgress !== undefined
      this.post({ kind: 'detect', id, source, options, tells }, transfer)
      this.pending.set(id, { resolve, reject, onProgress })
      this.hold()
    })
    if (!(signal instanceof AbortSignal)) return found
    return found.finally(onAbort(signal, () => this.post({ kind: 'abort', id })))
  }

  /** Lets it finish what it has and ends it. */
  async close(): Promise<void> {
    this.hold()
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
      this.settleStart(true)
      return
    }
    const { resolve, reject, onProgress } = this.pending.get(reply.id)!
    if (reply.kind === 'progress') {
      try {
        onProgress?.(reply.progress)
      } catch (error) {
        reject(error)
        this.post({ kind: 'abort', id: reply.id })
      }
      return
    }
    if (reply.kind === 'done') resolve(reply.found)
    else reject(new Error(reply.reason))
    this.pending.delete(reply.id)
    this.letGo()
  }

  private hold(): void {
    if (this.holds++ === 0) this.worker.ref()
  }

  /** A worker that has nothing to do does not keep the process alive. */
  private letGo(): void {
    if (--this.holds === 0) this.worker.unref()
  }

  private lose(reason: Error): void {
    this.ready = false
    this.settleStart(false)
    for (const { reject } of this.pending.values()) reject(reason)
    this.pending.clear()
  }
}
