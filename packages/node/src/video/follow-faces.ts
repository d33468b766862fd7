import {
  type DetectOptions,
  type FaceDetector,
  type FaceTrack,
  type FrameFaces,
  followBothWays,
  HIDE_DETECT_DEFAULTS,
} from '@retinaface/core'
import { detectInOrder } from '@retinaface/core/platform'
import type { NodeImageSource } from '../read-image.ts'
import { FrameLooker } from './frame-looker.ts'
import { type PlannedLook, planLooks } from './plan-looks.ts'
import { probeVideo, type VideoInfo } from './probe-video.ts'
import { readPlanes } from './read-planes.ts'

const ahead = 3

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

/**
 * Finds the faces of a video that are to be hidden, and follows them both ways in time. Each half second
 * and after each cut a frame is looked at as `findFacesToHide` looks at a picture; each tenth of a second,
 * and before each cut, in a copy of half the size, where faces that are seen on either side are found with
 * half of the score. Where faces are between them, `coverTracks` tells.
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
  const full = { ...wanted, scoreThreshold: begin }
  const looker = new FrameLooker(retinaface, info, full, options.inputSize !== undefined)
  const times: number[] = []
  const looked: number[] = []
  const frames: FrameFaces[] = []
  let complaints: readonly string[] = []
  async function* planes() {
    const reading = readPlanes(file, info, 'half', { ...program, ...(signal ? { signal } : {}) })
    ;({ complaints } = yield* reading)
  }
  const looks = planLooks(planes(), (time) => times.push(time))
  async function* begun() {
    for await (const look of looks) {
      looked.push(look.index)
      yield look
    }
  }
  const { width, height } = info
  const detect = async (look: PlannedLook) => {
    return { width, height, faces: await looker.look(look) }
  }
  for await (const result of detectInOrder(begun(), {
    detect,
    ahead,
    signal,
    onProgress: undefined,
  })) {
    if (result.status === 'failed') throw result.error
    const { time } = result.source.frame
    frames.push({ time, faces: result.faces })
    onProgress?.(time)
  }
  const tracks = followBothWays(frames, begin).map(({ id, sightings }) => ({
    id,
    sightings: sightings.map((sighting) => ({ ...sighting, frame: looked[sighting.frame]! })),
  }))
  return { file, info, times, tracks, complaints }
}
