import type { AlignOptions, DetectOptions, DetectProgress, Face } from '@retinaface/core'
import type { WebImageSource } from '../image/web-image-source.ts'
import type { LoadProgress } from '../model/load-progress.ts'
import type { DetectorPlan } from '../runtime/detector-plan.ts'
import type { ActiveProvider } from '../runtime/execution-provider.ts'
import type { CarriedError } from './carry-error.ts'

/** A picture that can be posted to a worker. */
export type PostableSource = Exclude<
  WebImageSource,
  HTMLImageElement | HTMLVideoElement | HTMLCanvasElement | OffscreenCanvas | URL
>

/** Detection options that can be posted to a worker. */
export type PostableOptions = Omit<DetectOptions, 'signal' | 'onProgress'>

/** What came of the task `create`. */
export interface Created {
  readonly provider: ActiveProvider
  readonly givesFeatures: boolean
  /** Whether the worker holds the lock; some browsers have none, or deny it to pages without storage. */
  readonly holdsLock: boolean
}

/** What the page asks of the worker. */
export type Task =
  | {
      readonly kind: 'create'
      readonly plan: DetectorPlan
      /** To be held by the worker as long as it lives, where the browser lets it. */
      readonly lock: string
    }
  | { readonly kind: 'detect'; readonly source: PostableSource; readonly options: PostableOptions }
  | { readonly kind: 'validate'; readonly options: PostableOptions }
  | { readonly kind: 'readImage'; readonly source: PostableSource }
  | {
      readonly kind: 'align'
      readonly source: PostableSource
      readonly face: Pick<Face, 'landmarks'>
      readonly options: AlignOptions
    }

/** A message to the worker. */
export type Request =
  | { readonly id: number; readonly task: Task }
  | { readonly id: number; readonly task: 'abort' }

/** How far a task is. */
export type TaskProgress = LoadProgress | DetectProgress

/** A message from the worker. */
export type Reply =
  | { readonly id: number; readonly status: 'progress'; readonly progress: TaskProgress }
  | { readonly id: number; readonly status: 'done'; readonly value: unknown }
  | { readonly id: number; readonly status: 'failed'; readonly error: CarriedError }
