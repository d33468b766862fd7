import { fileURLToPath } from 'node:url'
import {
  type DetectOptions,
  type FaceDetector,
  FaceTracker,
  InvalidArgumentError,
  type SmoothingOptions,
  type TrackedFace,
} from '@retinaface/core'
import { expectOptions } from '@retinaface/core/platform'
import { isUrl } from '../any-realm.ts'
import type { NodeImageSource } from '../read-image.ts'
import type { FrameOptions } from './decode-frames.ts'
import { probeVideo } from './probe-video.ts'
import { readFrames, type VideoFrame } from './read-frames.ts'

/** Options of {@link detectVideo}. */
export interface DetectVideoOptions
  extends FrameOptions,
    Omit<DetectOptions, 'signal' | 'onProgress'> {
  readonly smoothing?: SmoothingOptions
}

/** The faces of a frame. */
export interface FrameFacesWithIds extends VideoFrame {
  /** The best first. */
  readonly faces: TrackedFace[]
}

/**
 * Finds and follows the faces of a video file, frame by frame in their order, no faster than they are
 * asked for. Boxes, landmarks and meshes are smoothed, and a face keeps its `id` unless it is
 * missing for more than two seconds.
 *
 * FFmpeg decodes the video as a process of its own, which is ended with the iteration. Some frames ahead
 * are looked at, so memory does not grow with the length of the video.
 *
 * @param file a path or a `file:` URL
 * @throws {ImageReadError} if the video is damaged so that nothing more of it can be read
 * @throws {ProgramMissingError} if FFmpeg is not there, saying how to get it
 * @throws {InvalidArgumentError} if an option is not valid
 * @throws the signal's reason as soon as it is aborted
 *
 * @example
 * for await (const { time, faces } of detectVideo(retinaface, 'holiday.mp4', { every: 2 })) {
 *   console.log(time, faces.map(({ id, box }) => ({ id, box })))
 * }
 */
export async function* detectVideo(
  retinaface: FaceDetector<NodeImageSource>,
  file: string | URL,
  options: DetectVideoOptions = {},
): AsyncGenerator<FrameFacesWithIds, void, undefined> {
  const { smoothing, ...others } = options
  const [frames, detectOptions] = splitOptions(others)
  // Checks them before FFmpeg is started.
  await retinaface.detectMany([], detectOptions).next()
  const path = isUrl(file) ? fileURLToPath(file) : file
  const info = await probeVideo(path, frames)
  const tracker = new FaceTracker(smoothing)
  const begun: VideoFrame[] = []
  async function* images() {
    for await (const frame of readFrames(path, info, frames)) {
      begun.push(frame)
      yield frame.image
    }
  }
  for await (const result of retinaface.detectMany(images(), detectOptions)) {
    if (result.status === 'failed') throw result.error
    const frame = begun.shift()!
    yield { ...frame, faces: tracker.update(result.faces, frame.time) }
  }
}

/**
 * Tells options of reading frames from those of detecting; the signal is for both.
 *
 * @throws {InvalidArgumentError} for those of reading frames
 */
function splitOptions<Options extends FrameOptions>(
  options: Options,
): [frames: FrameOptions, others: Omit<Options, keyof FrameOptions>] {
  expectOptions(options, Object.keys(options ?? {}))
  const { every, start, end, ffmpeg, signal, ...others } = options
  const given = Object.entries({ every, start, end, ffmpeg, signal })
  const frames = Object.fromEntries(given.filter(([, value]) => value !== undefined))
  checkFrameOptions(frames)
  return [frames, signal ? { ...others, signal } : others]
}

function checkFrameOptions({
  every = 1,
  start = 0,
  end = Number.POSITIVE_INFINITY,
  ffmpeg = 'ffmpeg',
}: FrameOptions): void {
  if (!Number.isInteger(every) || every < 1) {
    throw new InvalidArgumentError('options.every', 'a positive integer', every)
  }
  if (!Number.isFinite(start) || start < 0) {
    throw new InvalidArgumentError('options.start', 'a number of seconds of at least 0', start)
  }
  if (typeof end !== 'number' || !(end > start)) {
    throw new InvalidArgumentError('options.end', 'a number of seconds after options.start', end)
  }
  if (typeof ffmpeg !== 'string' || ffmpeg === '') {
    throw new InvalidArgumentError('options.ffmpeg', "FFmpeg's path, or its name on PATH", ffmpeg)
  }
}
