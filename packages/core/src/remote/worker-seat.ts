import { WorkerLostError } from '../errors/detector-errors.ts'
import { RemoteClient } from './client.ts'
import type { CallControl, LifeCall, RemoteWorker } from './protocol.ts'

/** What a {@link WorkerSeat} is made of. */
export interface SeatParts {
  readonly startWorker: () => RemoteWorker
  /** What each worker makes what it works with from. */
  readonly plan: unknown
  /** Told of each worker that ended of itself or was given up; the next call starts another. */
  readonly onLost?: (error: WorkerLostError) => void
  /** Told when a call is done with, also one for which nobody waits any more: see `load`. */
  readonly onAnswer?: () => void
}

interface Started<Facts, Call> {
  readonly client: RemoteClient<Call>
  readonly facts: Promise<Facts>
}

/**
 * The place of one worker: it is started when it is first needed, and replaced when it was lost.
 *
 * `Facts` is what a worker tells when it is ready, `Call` what it is asked beside {@link LifeCall}.
 */
export class WorkerSeat<Facts, Call> {
  private readonly parts: SeatParts
  private started: Started<Facts, Call> | undefined
  /** What the last worker told of its detector. */
  facts: Facts | undefined

  constructor(parts: SeatParts) {
    this.parts = parts
  }

  /** Calls that the worker has in hand. */
  get load(): number {
    return this.started?.client.load ?? 0
  }

  /** Starts the worker, unless it is there, and gives what it tells of its detector. */
  async open(onProgress?: (progress: never) => void): Promise<Facts> {
    return this.start(onProgress).facts
  }

  async call<Result>(
    call: Call,
    control?: CallControl,
    transfer?: readonly unknown[],
  ): Promise<Result> {
    return this.start().client.call(call, control, transfer)
  }

  /** Ends the worker when it has finished what it has in hand. */
  async close(): Promise<void> {
    await this.started?.client.close()
  }

  private start(onProgress?: (progress: never) => void): Started<Facts, Call> {
    if (this.started) return this.started
    const { plan, onLost, onAnswer } = this.parts
    const empty = () => {
      this.started = undefined
    }
    const client = new RemoteClient<Call>(
      this.startWorker(),
      (error) => {
        empty()
        // Of one that was never there, who waits for it is told.
        if (this.facts) onLost?.(error)
      },
      () => onAnswer?.(),
    )
    const facts = client.call<Facts>({ kind: 'create', plan }, { onProgress })
    facts.then(
      (told) => {
        this.facts = told
      },
      (error) => {
        empty()
        void client.end(error)
      },
    )
    this.started = { client, facts }
    return this.started
  }

  private startWorker(): RemoteWorker {
    try {
      return this.parts.startWorker()
    } catch (error) {
      throw new WorkerLostError(`it could not be started (${String(error)}).`, error)
    }
  }
}
