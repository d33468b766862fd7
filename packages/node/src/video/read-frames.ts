import type { PixelImage } from '@retinaface/core'
import { decodeFrames, type FrameOptions, type Reading } from './decode-frames.ts'
import type { VideoInfo } from './probe-video.ts'

/** A frame of a video. */
export interface VideoFrame {
  /** When it is shown, in seconds from the beginning of the file. */
  readonly time: number
  /** Upright, RGB, 8 bits a sample. */
  readonly image: PixelImage
}

/**
 * Reads the frames of a video, no faster than they are asked for: one is held, and what fits into pipes.
 *
 * Rotation is applied, interlaced frames are made whole, HDR becomes SDR, 10 bits become 8. FFmpeg runs as a
 * process of its own, which is ended with the reading.
 *
 * @throws {ImageReadError} if the video is damaged so that nothing more of it can be read
 * @throws {ProgramMissingError}
 * @throws the signal's reason as soon as it is aborted
 */
export async function* readFrames(
  file: string,
  info: VideoInfo,
  options: FrameOptions = {},
): AsyncGenerator<VideoFrame, Reading, undefined> {
  const { width, height } = info
  const layout = { pixelFormat: 'rgb24', filters: [], size: width * height * 3 }
  const reading = decodeFrames(file, info, layout, options)
  try {
    for (;;) {
      const step = await reading.next()
      if (step.done) return step.value
      const { time, data } = step.value
      yield { time, image: { data, width, height, channels: 3 } }
    }
  } finally {
    await reading.return({ complaints: [] })
  }
}
