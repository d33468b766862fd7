import { WorkerLostError } from '../errors/detector-errors.ts'
import { RemoteClient } from './client.ts'
import type { CallControl, RemoteCall, RemoteWorker } from './protocol.ts'

interface SeatParts {
  readonly startWorker: () => RemoteWorker
  readonly plan: unknown
  readonly onLost?: (error: WorkerLostError) => void
}

interface Started<Facts> {
  readonly client: RemoteClient
  readonly facts: Promise<Facts>
}

/** The place of one worker: it is started when it is first needed, and replaced when it was lost. */
export class WorkerSeat<Facts> {
  private readonly parts: SeatParts
  private started: Started<Facts> | undefined
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
    call: RemoteCall,
    control?: CallControl,
    transfer?: readonly unknown[],
  ): Promise<Result> {
    return this.start().client.call(call, control, transfer)
  }

  /** Ends the worker when it has finished what it has in hand. */
  async close(): Promise<void> {
    await this.started?.client.close()
  }

  private start(onProgress?: (progress: never) => void): Started<Facts> {
    if (this.started) return this.started
    const { plan, onLost } = this.parts
    const empty = () => {
      this.started = undefined
    }
    const client = new RemoteClient(this.startWorker(), (error) => {
      empty()
      // Of one that was never there, who waits for it is told.
      if (this.facts) onLost?.(error)
    })
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
