import {
  type AlignedFace,
  type AlignOptions,
  type CancelSignal,
  type DetectManyOptions,
  type DetectOptions,
  DisposedError,
  detectInOrder,
  type Face,
  type ModelConfiguration,
  type PictureResult,
  type PixelImage,
  type SizedFaces,
} from '@retinaface/core'
import type { WebImageSource } from '../image/web-image-source.ts'
import type { LoadProgress } from '../model/load-progress.ts'
import type { DetectorPlan } from '../runtime/detector-plan.ts'
import type { ActiveProvider } from '../runtime/execution-provider.ts'
import { warmUpImage } from '../warm-up-image.ts'
import type { WebRetinaFace } from '../web-retinaface.ts'
import { checkControl } from './check-control.ts'
import { makePostable } from './make-postable.ts'
import type { Created, PostableSource, Task } from './protocol.ts'
import { type TaskControl, WorkerConnection } from './worker-connection.ts'
import { WorkerLostError } from './worker-lost-error.ts'

interface PreparedTask {
  readonly task: Task
  readonly transfer: Transferable[]
}

/** A detector in a worker, which never blocks the page. */
export class WorkerRetinaFace implements WebRetinaFace {
  readonly configuration: ModelConfiguration
  private readonly plan: DetectorPlan
  private readonly start: () => Worker
  private readonly running = new Set<Promise<unknown>>()
  private connection: Promise<WorkerConnection> | undefined
  private created: Created | undefined
  private release: Promise<void> | undefined

  constructor(plan: DetectorPlan, start: () => Worker) {
    this.configuration = plan.model.configuration
    this.plan = plan
    this.start = start
  }

  /** Starts the worker and its detector, unless both are there. */
  open(onProgress?: (progress: LoadProgress) => void): Promise<WorkerConnection> {
    if (this.connection) return this.connection
    const forget = () => {
      if (this.connection === connection) this.connection = undefined
    }
    const connection = this.connect(forget, onProgress)
    this.connection = connection
    connection.catch(forget)
    return connection
  }

  get provider(): ActiveProvider {
    return this.created!.provider
  }

  get givesFeatures(): boolean {
    return this.created!.givesFeatures
  }

  async detect(source: WebImageSource, options: DetectOptions = {}): Promise<Face[]> {
    return (await this.lookAt(source, options)).faces
  }

  async *detectMany(
    sources: Iterable<WebImageSource> | AsyncIterable<WebImageSource>,
    options: DetectManyOptions = {},
  ): AsyncGenerator<PictureResult<WebImageSource>, void, undefined> {
    const { onProgress, signal, ...plain } = options
    checkControl({ signal, onProgress })
    await this.run(async () => ({ task: { kind: 'validate', options: plain }, transfer: [] }), {})
    const lookAt = (source: WebImageSource) =>
      this.lookAt(source, signal ? { ...plain, signal } : plain)
    yield* detectInOrder(sources, { lookAt, ahead: 1, signal, onProgress })
  }

  async align(
    source: WebImageSource,
    { landmarks }: Pick<Face, 'landmarks'>,
    options: AlignOptions = {},
  ): Promise<AlignedFace> {
    const face = { landmarks }
    return this.withSource(source, (postable) => ({
      kind: 'align',
      source: postable,
      face,
      options,
    }))
  }

  async readImage(source: WebImageSource, signal?: CancelSignal): Promise<PixelImage> {
    return this.withSource(source, (postable) => ({ kind: 'readImage', source: postable }), {
      signal,
    })
  }

  async warmUp(): Promise<void> {
    await this.detect(warmUpImage())
  }

  dispose(): Promise<void> {
    this.release ??= this.finish()
    return this.release
  }

  private lookAt(
    source: WebImageSource,
    { signal, onProgress, ...options }: DetectOptions,
  ): Promise<SizedFaces> {
    checkControl({ signal, onProgress })
    return this.withSource(source, (postable) => ({ kind: 'detect', source: postable, options }), {
      signal,
      onProgress: onProgress as TaskControl['onProgress'],
    })
  }

  private withSource<Result>(
    source: WebImageSource,
    task: (source: PostableSource) => Task,
    control: TaskControl = {},
  ): Promise<Result> {
    return this.run(async () => {
      const postable = await makePostable(source)
      return { task: task(postable.source), transfer: postable.transfer }
    }, control)
  }

  private run<Result>(prepare: () => Promise<PreparedTask>, control: TaskControl): Promise<Result> {
    if (this.release) return Promise.reject(new DisposedError())
    const result = this.perform<Result>(prepare, control)
    const ended = result.catch(() => undefined).finally(() => this.running.delete(ended))
    this.running.add(ended)
    return result
  }

  private async perform<Result>(
    prepare: () => Promise<PreparedTask>,
    control: TaskControl,
  ): Promise<Result> {
    control.signal?.throwIfAborted()
    const { task, transfer } = await prepare()
    try {
      const connection = await this.open()
      control.signal?.throwIfAborted()
      return await connection.run<Result>(task, transfer, control)
    } finally {
      // Of what was handed over nothing is left here to close.
      for (const item of transfer) if (item instanceof ImageBitmap) item.close()
    }
  }

  private async connect(
    onLost: () => void,
    onProgress?: (progress: LoadProgress) => void,
  ): Promise<WorkerConnection> {
    const connection = new WorkerConnection(this.startWorker(), onLost)
    try {
      this.created = await connection.run<Created>(
        { kind: 'create', plan: this.plan, lock: connection.lock },
        [],
        { onProgress: onProgress as TaskControl['onProgress'] },
      )
      // A lock that nobody holds would be had at once, as if the worker had ended.
      if (this.created.holdsLock) connection.watch()
      return connection
    } catch (error) {
      connection.close('its detector could not be made.')
      throw error
    }
  }

  private startWorker(): Worker {
    try {
      return this.start()
    } catch (error) {
      throw new WorkerLostError(`the browser did not start it (${String(error)}).`, error)
    }
  }

  private async finish(): Promise<void> {
    await Promise.all(this.running)
    const connection = await this.connection?.catch(() => undefined)
    connection?.close('it was disposed.')
  }
}
