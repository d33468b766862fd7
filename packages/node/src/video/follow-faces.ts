import {
  type DetectOptions,
  type FaceDetector,
  type FollowedFrames,
  followFrames,
} from '@retinaface/core'
import type { NodeImageSource } from '../read-image.ts'
import { PlanesPicture } from './planes-picture.ts'
import { probeVideo, type VideoInfo } from './probe-video.ts'
import { planeColors, readPlanes } from './read-planes.ts'

/** Options of {@link followFaces}. */
export interface FollowOptions extends Omit<DetectOptions, 'onProgress' | 'signal'> {
  readonly signal?: AbortSignal
  /** Told how long the video is, in seconds, before the first frame; 0 where the file does not say. */
  readonly onDuration?: (seconds: number) => void
  /** Told how much of the video was looked at, in seconds. */
  readonly onProgress?: (seconds: number) => void
  /** See `FrameOptions`. */
  readonly ffmpeg?: string
}

/** A video whose faces are known. */
export interface FollowedVideo extends FollowedFrames {
  readonly file: string
  readonly info: VideoInfo
  /** What FFmpeg said of parts that are damaged. */
  readonly complaints: readonly string[]
}

/**
 * Finds the faces of a video file that are to be hidden, and follows them both ways in time, as
 * `followFrames` does.
 *
 * @throws as `readFrames`, and what `detect` throws
 */
export async function followFaces(
  retinaface: FaceDetector<NodeImageSource>,
  file: string,
  { onDuration, ffmpeg, ...options }: FollowOptions = {},
): Promise<FollowedVideo> {
  const program = ffmpeg === undefined ? {} : { ffmpeg }
  const info = await probeVideo(file, program)
  onDuration?.(info.duration ?? 0)
  const { signal } = options
  const { matrix } = planeColors(info)
  let complaints: readonly string[] = []
  async function* pictures() {
    const reading = readPlanes(file, info, 'half', { ...program, ...(signal ? { signal } : {}) })
    try {
      for (;;) {
        const step = await reading.next()
        if (step.done) {
          ;({ complaints } = step.value)
          return
        }
        yield new PlanesPicture(step.value, matrix)
      }
    } finally {
      await reading.return({ complaints })
    }
  }
  const followed = await followFrames(retinaface, pictures(), info, options)
  return { file, info, ...followed, complaints }
}
