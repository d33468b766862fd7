import type { CancelSignal } from '@retinaface/core'
import { untilAborted } from '@retinaface/core/platform'

interface Waiting {
  readonly share: number
  readonly start: () => void
}

/** Lets decoders begin, in the order in which they ask, while their pixels together stay within a sum. */
export class PixelBudget {
  private readonly total: number
  private free: number
  private readonly waiting: Waiting[] = []

  constructor(total: number) {
    this.total = total
    this.free = total
  }

  /**
   * Decodes when there is room; what has more pixels than the sum has all of it.
   *
   * @throws the signal's reason at once. A decoder that has begun cannot be stopped: it has its share
   * until it ends.
   */
  async run<T>(pixels: number, decode: () => Promise<T>, signal?: CancelSignal): Promise<T> {
    const share = Math.min(pixels, this.total)
    await this.take(share, signal)
    const decoding = (async () => decode())().finally(() => this.giveBack(share))
    return untilAborted(signal, decoding)
  }

  private async take(share: number, signal: CancelSignal | undefined): Promise<void> {
    signal?.throwIfAborted()
    let entry: Waiting | undefined
    const started = new Promise<void>((resolve) => {
      entry = { share, start: resolve }
      this.waiting.push(entry)
      this.startNext()
    })
    try {
      await untilAborted(signal, started)
    } catch (error) {
      const at = this.waiting.indexOf(entry!)
      if (at < 0) this.giveBack(share)
      else this.waiting.splice(at, 1)
      // It may have been in the way of others.
      this.startNext()
      throw error
    }
  }

  private giveBack(share: number): void {
    this.free += share
    this.startNext()
  }

  private startNext(): void {
    for (let next = this.waiting[0]; next && next.share <= this.free; next = this.waiting[0]) {
      this.waiting.shift()
      this.free -= next.share
      next.start()
    }
  }
}
