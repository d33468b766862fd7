import { DisposedError } from '@retinaface/mesh-decoder/errors'
import {
  abortReason,
  type CancelController,
  type CancelSignal,
  createController,
  onAbort,
  untilAborted,
} from '../cancel/cancel-signal.ts'

/** What becomes of a picture. */
export interface PictureWork<Loaded, Result> {
  readonly signal?: CancelSignal | undefined
  /** Waits for the source, which may never come; ends on its signal. */
  readonly load: (signal: CancelSignal) => Promise<Loaded>
  /** Comes to an end by itself. */
  readonly perform: (loaded: Loaded) => Promise<Result>
  /** Frees what was loaded, whether it was worked on or not. */
  readonly free: (loaded: Loaded) => void
}

/** The pictures that a detector has been given and has not finished. */
export class PicturesUnderWay {
  private readonly pictures = new Set<Promise<unknown>>()
  private readonly loading = new Set<CancelController>()
  private isClosed = false

  /**
   * Loads a picture and works on it; rejects as soon as its signal is aborted.
   *
   * @throws {DisposedError} after {@link close}, or where the source had not come by then
   */
  async run<Loaded, Result>(work: PictureWork<Loaded, Result>): Promise<Result> {
    if (this.isClosed) throw disposed()
    work.signal?.throwIfAborted()
    const result = this.loadAndPerform(work)
    const ended = result.catch(() => undefined).finally(() => this.pictures.delete(ended))
    this.pictures.add(ended)
    return untilAborted(work.signal, result)
  }

  /** Gives up the pictures whose source has not come, and waits until the others are finished. */
  async close(): Promise<void> {
    this.isClosed = true
    for (const stop of this.loading) stop.abort(disposed())
    await Promise.all(this.pictures)
  }

  private async loadAndPerform<Loaded, Result>({
    signal,
    load,
    perform,
    free,
  }: PictureWork<Loaded, Result>): Promise<Result> {
    const loaded = await this.load(load, signal)
    try {
      signal?.throwIfAborted()
      return await perform(loaded)
    } finally {
      free(loaded)
    }
  }

  private async load<Loaded>(
    load: (signal: CancelSignal) => Promise<Loaded>,
    signal: CancelSignal | undefined,
  ): Promise<Loaded> {
    const stop = createController()
    const ignore = onAbort(signal, () => stop.abort(abortReason(signal)?.reason))
    this.loading.add(stop)
    try {
      return await load(stop.signal)
    } finally {
      this.loading.delete(stop)
      ignore()
    }
  }
}

function disposed(): DisposedError {
  return new DisposedError('RetinaFace', 'detect faces')
}
