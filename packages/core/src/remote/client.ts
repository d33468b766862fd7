import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import { abortReason, onAbort } from '../cancel/cancel-signal.ts'
import { WorkerLostError } from '../errors/detector-errors.ts'
import type { CallControl, LifeCall, RemoteReply, RemoteRequest, RemoteWorker } from './protocol.ts'
import { reviveError } from './serialize-error.ts'

/** In Node.js a timer keeps the process unless it is told not to. */
type Timer = { unref?(): void }
declare function setTimeout(callback: () => void, milliseconds: number): Timer
declare function clearTimeout(timer: Timer | undefined): void

// The longest pass through a network takes less, on slow and busy machines too.
const patienceMilliseconds = 30_000

interface Pending {
  readonly resolve: (result: never) => void
  readonly reject: (reason: unknown) => void
  readonly control: CallControl
  /** Runs from the moment on that the caller waits no longer. */
  patience?: Timer
}

/** One worker, and the calls that it has not answered. */
export class RemoteClient<Call> {
  private readonly worker: RemoteWorker
  private readonly pending = new Map<number, Pending>()
  private readonly onLost: (error: WorkerLostError) => void
  private readonly onAnswer: () => void
  private ended: { readonly reason: unknown } | undefined
  private lastId = 0

  /**
   * @param onLost called once if the worker ends of itself or has to be given up
   * @param onAnswer called when a call is done with, also one for which nobody waits any more
   */
  constructor(
    worker: RemoteWorker,
    onLost: (error: WorkerLostError) => void,
    onAnswer: () => void,
  ) {
    this.worker = worker
    this.onLost = onLost
    this.onAnswer = onAnswer
    worker.onMessage((reply: RemoteReply) => this.receive(reply))
    worker.onEnd((problem, cause) => this.lose(problem, cause))
  }

  /** Calls that the worker has in hand, those included for which nobody waits any more. */
  get load(): number {
    return this.pending.size
  }

  /**
   * Has the worker do something. The result is rejected as soon as the signal is aborted; a worker that
   * does not stop within thirty seconds of it is given up.
   *
   * @param transfer what is handed over rather than copied
   * @throws {WorkerLostError} if the worker ends first, and what it fails with
   */
  async call<Result>(
    call: Call | LifeCall,
    control: CallControl = {},
    transfer: readonly unknown[] = [],
  ): Promise<Result> {
    control.signal?.throwIfAborted()
    if (this.ended) throw this.ended.reason
    const id = ++this.lastId
    this.post({ id, call }, transfer)
    const ignore = onAbort(control.signal, () => this.stopIfAborted(id))
    const result = new Promise<Result>((resolve, reject) => {
      this.pending.set(id, { resolve, reject, control })
      this.keepOrFreeProcess()
    })
    return result.finally(ignore)
  }

  /** Lets the worker finish what it has in hand and ends it. */
  async close(): Promise<void> {
    await this.call({ kind: 'dispose' }).catch(() => undefined)
    await this.end(new WorkerLostError('it was disposed of.'))
  }

  /** Ends the worker; what it has not finished is rejected. */
  async end(reason: unknown): Promise<void> {
    if (!this.ended) {
      this.ended = { reason }
      for (const { reject, patience } of this.pending.values()) {
        clearTimeout(patience)
        reject(reason)
      }
      this.pending.clear()
    }
    await this.worker.end()
  }

  private post(request: RemoteRequest<Call>, transfer?: readonly unknown[]): void {
    try {
      this.worker.postMessage(request, transfer)
    } catch (error) {
      const expected = `plain data that can be posted to a worker (${String(error)})`
      throw new InvalidArgumentError('options', expected, request)
    }
  }

  private lose(problem: string, cause?: unknown): void {
    if (this.ended) return
    const error = new WorkerLostError(problem, cause)
    void this.end(error)
    this.onLost(error)
  }

  private receive(reply: RemoteReply): void {
    const pending = this.pending.get(reply.id)
    if (!pending) return
    if ('progress' in reply) {
      this.tell(reply.id, pending, reply.progress as never)
      return
    }
    this.pending.delete(reply.id)
    clearTimeout(pending.patience)
    this.keepOrFreeProcess()
    if ('error' in reply) pending.reject(reviveError(reply.error))
    else pending.resolve(reply.result as never)
    this.onAnswer()
  }

  /** A call whose caller's function throws ends with its error; a stopped one is told nothing more. */
  private tell(id: number, { control, patience }: Pending, progress: never): void {
    if (patience || this.stopIfAborted(id)) return
    try {
      control.onProgress?.(progress)
    } catch (error) {
      this.stop(id, error)
    }
  }

  private stopIfAborted(id: number): boolean {
    const aborted = abortReason(this.pending.get(id)?.control.signal)
    if (aborted) this.stop(id, aborted.reason)
    return aborted !== undefined
  }

  /** Rejects a call without waiting for the worker, which is told to stop it. */
  private stop(id: number, reason: unknown): void {
    const pending = this.pending.get(id)
    if (!pending || pending.patience) return
    pending.reject(reason)
    this.post({ id, isStopped: true })
    const giveUp = () => this.lose('it did not stop within thirty seconds of being told to.')
    pending.patience = setTimeout(giveUp, patienceMilliseconds)
    pending.patience.unref?.()
    this.keepOrFreeProcess()
  }

  /** A worker for which nobody waits does not keep the process alive. */
  private keepOrFreeProcess(): void {
    const isAwaited = [...this.pending.values()].some(({ patience }) => patience === undefined)
    this.worker.keepProcess?.(isAwaited)
  }
}
