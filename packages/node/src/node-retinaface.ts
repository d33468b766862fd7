import {
  type DetectManyOptions,
  type DetectOptions,
  detectInOrder,
  type PictureResult,
  RetinaFace,
  type RetinaFaceParts,
  type SizedFaces,
} from '@retinaface/core'
import type { WorkerPool } from './pool/worker-pool.ts'
import type { NodeImageSource } from './read-image.ts'

/** A detector that looks at one picture with all its threads, and at many with a worker for each. */
export class NodeRetinaFace extends RetinaFace<NodeImageSource> {
  private readonly pool: WorkerPool | undefined
  /** Pictures that `detectMany` has begun with. */
  private begun = 0

  /** @param pool where more than one thread is to be used */
  constructor(parts: RetinaFaceParts<NodeImageSource>, pool: WorkerPool | undefined) {
    super(parts)
    this.pool = pool
  }

  override async *detectMany(
    sources: Iterable<NodeImageSource> | AsyncIterable<NodeImageSource>,
    options: DetectManyOptions = {},
  ): AsyncGenerator<PictureResult<NodeImageSource>, void, undefined> {
    const { pool } = this
    if (!pool) return yield* super.detectMany(sources, options)
    // Checks the options.
    await super.detectMany([], options).next()
    const { onProgress, ...detectOptions } = options
    // The first are looked at here: all of them are begun before a worker could be there.
    const lookAt = (source: NodeImageSource) =>
      this.begun++ < pool.capacity
        ? this.detectSized(source, detectOptions)
        : this.detectElsewhere(source, detectOptions)
    const { signal } = detectOptions
    yield* detectInOrder(sources, { lookAt, ahead: pool.capacity - 1, signal, onProgress })
  }

  // Workers tell the size too, for the results of `detectMany`.
  override async detectSized(
    source: NodeImageSource,
    options: DetectOptions = {},
  ): Promise<SizedFaces> {
    return this.detectHere(source, options)
  }

  override async dispose(): Promise<void> {
    await Promise.all([super.dispose(), this.pool?.close()])
  }

  /** Has a worker look at a picture, if one is ready. */
  protected async detectElsewhere(
    source: NodeImageSource,
    options: DetectOptions,
  ): Promise<SizedFaces> {
    options.signal?.throwIfAborted()
    try {
      const found = this.pool?.detect(source, options)
      if (found) return await found
    } catch {
      options.signal?.throwIfAborted()
    }
    // What no worker could do is done here: if it fails again, the error has its class.
    return this.detectHere(source, options)
  }

  private detectHere(source: NodeImageSource, options: DetectOptions): Promise<SizedFaces> {
    return super.detectSized(source, options)
  }
}
