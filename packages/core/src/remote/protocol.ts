import type { AlignOptions } from '../align/align-face.ts'
import type { CancelSignal } from '../cancel/cancel-signal.ts'
import type { DetectOptions } from '../face/detect-options.ts'
import type { Face } from '../face/face.ts'
import type { SerializedError } from './serialize-error.ts'

/** What every worker is asked: first to make what it works with, last to dispose of it. */
export type LifeCall =
  | { readonly kind: 'create'; readonly plan: unknown }
  | { readonly kind: 'dispose' }

/** What a worker with a detector is asked. */
export type RemoteCall =
  | LifeCall
  | {
      readonly kind: 'detect'
      readonly source: unknown
      readonly options: Omit<DetectOptions, 'signal' | 'onProgress'>
    }
  | { readonly kind: 'readImage'; readonly source: unknown }
  | {
      readonly kind: 'align'
      readonly source: unknown
      readonly faces: readonly Pick<Face, 'landmarks'>[]
      readonly options: AlignOptions
    }

/** A message to a worker: a call, or that nobody waits for one any more. */
export type RemoteRequest<Call> =
  | { readonly id: number; readonly call: Call | LifeCall }
  | { readonly id: number; readonly isStopped: true }

/** A message from a worker: how far a call is, or what became of it. */
export type RemoteReply =
  | { readonly id: number; readonly progress: unknown }
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: SerializedError }

/** One end of a channel whose messages are cloned, as between a page or thread and its worker. */
export interface RemotePort {
  /** @param transfer what is handed over rather than copied */
  postMessage(message: unknown, transfer?: readonly unknown[]): void
  onMessage<Message>(listener: (message: Message) => void): void
}

/** A worker as the other side sees it. */
export interface RemoteWorker extends RemotePort {
  /** Calls back when it has ended, whatever the cause. */
  onEnd(listener: (problem: string, cause?: unknown) => void): void
  /** Says whether the process must stay for it; of itself it does not keep one. */
  keepProcess?(isNeeded: boolean): void
  /** Ends it, as soon as that is safe; resolves when it has ended. */
  end(): Promise<void>
}

/** How a caller follows and stops a call. */
export interface CallControl {
  readonly signal?: CancelSignal | undefined
  readonly onProgress?: ((progress: never) => void) | undefined
}
