import type { ImageSize, PixelImage } from '@retinaface/core'
import { decodeFrames, type FrameOptions, type Reading } from './decode-frames.ts'
import { isHdr, type VideoInfo } from './probe-video.ts'

/** A frame as codecs have it: lightness, and colour as its differences to blue and red. */
export interface FramePlanes {
  /** When it is shown, in seconds from the beginning of the file. */
  readonly time: number
  /** Y, Cb and Cr, of one channel each, 16 to 235 and 16 to 240 of 255; of even sizes. */
  readonly planes: readonly [PixelImage, PixelImage, PixelImage]
}

/** Whether colour is as fine as lightness, or has half of its columns and rows, as in most videos. */
export type Chroma = 'full' | 'half'

/** Names that FFmpeg has for colours of videos. */
interface ColorNames {
  readonly matrix: string | undefined
  readonly primaries: string | undefined
  readonly transfer: string | undefined
}

/** The colours of the planes that a video is read as: its own, if it is neither HDR nor of RGB. */
export function planeColors(info: VideoInfo): ColorNames {
  const { matrix, primaries, transfer } = info
  if (isHdr(info)) return { matrix: 'bt709', primaries: 'bt709', transfer: 'bt709' }
  if (matrix === undefined || isKnown(matrix)) return { matrix, primaries, transfer }
  return { matrix: 'bt709', primaries, transfer }
}

/** The size of a video's planes of lightness. */
export function planeSize({ width, height }: ImageSize): ImageSize {
  return { width: 2 * Math.ceil(width / 2), height: 2 * Math.ceil(height / 2) }
}

function isKnown(matrix: string): boolean {
  return /^(?:bt709|smpte170m|bt470bg|smpte240m|fcc|bt2020nc)$/.test(matrix)
}

/**
 * Reads the frames of a video as planes, as `readFrames` does as RGB: half of the bytes, and nothing is
 * lost in what is encoded again. An odd size gets a black row or column.
 *
 * @throws as `readFrames`
 */
export async function* readPlanes(
  file: string,
  info: VideoInfo,
  chroma: Chroma,
  options: FrameOptions = {},
): AsyncGenerator<FramePlanes, Reading, undefined> {
  const { width, height } = planeSize(info)
  const part = chroma === 'half' ? 2 : 1
  const lengths = [width * height, (width / part) * (height / part)] as const
  const { matrix } = planeColors(info)
  const pixelFormat = chroma === 'half' ? 'yuv420p' : 'yuv444p'
  const layout = {
    pixelFormat,
    filters: [
      `scale=out_range=tv${matrix ? `:out_color_matrix=${matrix}` : ''}`,
      `format=${pixelFormat}`,
      'pad=ceil(iw/2)*2:ceil(ih/2)*2',
    ],
    size: lengths[0] + 2 * lengths[1],
  }
  const plane = (data: Uint8Array, start: number, at: number): PixelImage => ({
    data: data.subarray(start, start + lengths[at]!),
    ...{ width: at === 0 ? width : width / part, height: at === 0 ? height : height / part },
    channels: 1,
  })
  const reading = decodeFrames(file, info, layout, options)
  try {
    for (;;) {
      const step = await reading.next()
      if (step.done) return step.value
      const { time, data } = step.value
      const [luma, half] = lengths
      const planes = [plane(data, 0, 0), plane(data, luma, 1), plane(data, luma + half, 1)] as const
      yield { time, planes }
    }
  } finally {
    await reading.return({ complaints: [] })
  }
}
