import {
  type DetectOptions,
  detectInOrder,
  type FaceDetector,
  type FaceTrack,
  type FrameFaces,
  followBothWays,
  HIDE_DETECT_DEFAULTS,
  type PixelImage,
} from '@retinaface/core'
import type { NodeImageSource } from '../read-image.ts'
import { CutFinder } from './cut-finder.ts'
import { probeVideo, type VideoInfo } from './probe-video.ts'
import { readFrames, type VideoFrame } from './read-frames.ts'

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
export interface FollowedVideo {
  readonly file: string
  readonly info: VideoInfo
  /** Of the frames, in seconds. */
  readonly times: readonly number[]
  readonly tracks: readonly FaceTrack[]
  /** What FFmpeg said of parts that are damaged. */
  readonly complaints: readonly string[]
}

// The finest look costs as much as ten quick ones: it is taken so often, in seconds, and after each cut.
const fullLookEvery = 0.5
// Longest side of the quick look that each other frame gets, in pixels.
const quickSide = 960
// Of what begins a track, a face that goes on with one has at least this share of the score.
const followShare = 0.5
const ahead = 3

/**
 * Finds the faces of a video that are to be hidden, and follows them both ways in time. Every frame is
 * looked at: each half second and after each cut as `findFacesToHide` looks at a picture, between in a copy
 * of 960 pixels, where faces that are seen on either side are found with half of the score.
 *
 * @throws as `readFrames`, and what `detect` throws
 */
export async function followFaces(
  retinaface: FaceDetector<NodeImageSource>,
  file: string,
  { signal, onDuration, onProgress, ffmpeg, ...options }: FollowOptions = {},
): Promise<FollowedVideo> {
  const program = ffmpeg === undefined ? {} : { ffmpeg }
  const info = await probeVideo(file, program)
  onDuration?.(info.duration ?? 0)
  const wanted: DetectOptions = {
    ...HIDE_DETECT_DEFAULTS,
    ...options,
    ...(signal ? { signal } : {}),
  }
  const begin = wanted.scoreThreshold ?? HIDE_DETECT_DEFAULTS.scoreThreshold
  const full = { ...wanted, scoreThreshold: begin * followShare }
  const quick = options.inputSize === undefined ? quickLook(full, info) : full
  const frames: FrameFaces[] = []
  const begun: number[] = []
  let complaints: readonly string[] = []
  async function* looks() {
    const cuts = new CutFinder()
    let lookedAt = Number.NEGATIVE_INFINITY
    const reading = readFrames(file, info, { ...program, ...(signal ? { signal } : {}) })
    for (;;) {
      const step = await reading.next()
      if (step.done) {
        complaints = step.value.complaints
        return
      }
      const { time, image } = step.value satisfies VideoFrame
      const isDue = time - lookedAt >= fullLookEvery
      const isFull = cuts.isCut(image) || isDue
      if (isFull) lookedAt = time
      begun.push(time)
      yield { image, options: isFull ? full : quick }
    }
  }
  const detect = (look: { image: PixelImage; options: DetectOptions }) =>
    retinaface.detectSized(look.image, look.options)
  for await (const result of detectInOrder(looks(), {
    detect,
    ahead,
    signal,
    onProgress: undefined,
  })) {
    if (result.status === 'failed') throw result.error
    const time = begun.shift()!
    frames.push({ time, faces: result.faces.map(({ box, score }) => ({ box, score })) })
    onProgress?.(time)
  }
  const tracks = followBothWays(frames, begin)
  return { file, info, times: frames.map(({ time }) => time), tracks, complaints }
}

function quickLook(full: DetectOptions, { width, height }: VideoInfo): DetectOptions {
  const inputSize = Math.max(width, height) > quickSide ? quickSide : 'original'
  return { ...full, inputSize, turns: false }
}
