import type { PixelImage } from '@retinaface/core'

const [columns, rows] = [32, 18]
// Mean difference of the samples that are compared, of 255.
const cut = 24

/** Tells where a video goes on with another picture. */
export class CutFinder {
  private before: Uint8Array | undefined

  /** True if a frame shows something else than the one that it was asked of before; of the first too. */
  isCut({ data, width, height, channels }: PixelImage): boolean {
    const samples = new Uint8Array(columns * rows)
    for (let i = 0; i < samples.length; i++) {
      const x = Math.floor((((i % columns) + 0.5) / columns) * width)
      const y = Math.floor(((Math.floor(i / columns) + 0.5) / rows) * height)
      // Green is nearly the lightness.
      samples[i] = data[(y * width + x) * channels + Math.min(1, channels - 1)]!
    }
    const { before } = this
    this.before = samples
    if (!before) return true
    const difference = samples.reduce((sum, value, i) => sum + Math.abs(value - before[i]!), 0)
    return difference / samples.length > cut
  }
}
