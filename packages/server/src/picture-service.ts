import type { Metrics } from './http/metrics.ts'
import { deadline } from './http/request-life.ts'
import type { Account, MemoryBudget } from './limits/memory-budget.ts'
import type { Places } from './limits/places.ts'
import { ServerError } from './server-error.ts'
import type { ServerLimits } from './server-options.ts'
import type { PictureFetcher } from './sources/fetch-picture.ts'
import type { Source } from './sources/read-sources.ts'
import type { Outcome, Task } from './work/picture-job.ts'
import type { PicturePool } from './work/picture-pool.ts'

/** What a {@link PictureService} is made of. */
export interface ServiceParts {
  readonly pool: PicturePool
  readonly places: Places
  readonly memory: MemoryBudget
  readonly metrics: Metrics
  /** Undefined where no URLs may be named. */
  readonly fetcher: PictureFetcher | undefined
  readonly limits: Required<ServerLimits>
}

/** Does what requests ask for, within the server's limits. */
export class PictureService {
  readonly parts: ServiceParts
  private lastDone = Number.NEGATIVE_INFINITY

  constructor(parts: ServiceParts) {
    this.parts = parts
  }

  /**
   * Does one picture. Its time runs from here: fetching and waiting are part of it.
   *
   * @param connected aborted when nobody waits any more
   * @throws {ServerError} 504 when the time is over, and what the picture fails with
   */
  async process(source: Source, task: Task, connected: AbortSignal): Promise<Outcome> {
    const { metrics, pool, memory, limits } = this.parts
    const { signal, end } = deadline(connected, limits.seconds)
    const account = memory.open()
    try {
      const bytes = 'url' in source ? await this.fetch(source.url, account, signal) : source.bytes
      const came = performance.now()
      const started = () => metrics.started((performance.now() - came) / 1000)
      const outcome = await pool.run(bytes, task, signal, started)
      this.lastDone = performance.now()
      metrics.done(task.kind, outcome)
      return outcome
    } catch (error) {
      metrics.failed(task.kind)
      throw error
    } finally {
      account.close()
      end()
    }
  }

  /**
   * True if the network finds faces in time: a picture was done a moment ago, or `probe` is done now.
   *
   * @param seconds how long ago a moment is, and how long the probe may take
   */
  async isReady(probe: Uint8Array, seconds: number): Promise<boolean> {
    const isRecent = performance.now() - this.lastDone < seconds * 1000
    if (isRecent) return true
    const { signal, end } = deadline(new AbortController().signal, seconds)
    try {
      await this.parts.pool.run(probe, { kind: 'detect', as: 'json', detect: {} }, signal)
      this.lastDone = performance.now()
      return true
    } catch {
      return false
    } finally {
      end()
    }
  }

  private async fetch(url: string, account: Account, signal: AbortSignal): Promise<Uint8Array> {
    const { fetcher, limits } = this.parts
    if (fetcher) return fetcher.fetch(url, { bytes: limits.bodyBytes, account }, signal)
    throw new ServerError(403, 'URL_REFUSED', 'This server fetches no URLs.')
  }
}
