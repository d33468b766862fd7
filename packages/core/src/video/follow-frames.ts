import type { CancelSignal } from '../cancel/cancel-signal.ts'
import { detectInOrder } from '../detector/detect-in-order.ts'
import type { DetectOptions } from '../face/detect-options.ts'
import { HIDE_DETECT_DEFAULTS } from '../hide/find-faces-to-hide.ts'
import type { PixelDetector } from '../hide/pixel-detector.ts'
import type { ImageSize } from '../image/shrunken-image.ts'
import { type FaceTrack, type FrameFaces, followBothWays } from '../tracking/follow-both-ways.ts'
import { FrameLooker } from './frame-looker.ts'
import type { FramePicture } from './frame-picture.ts'
import { type PlannedLook, planLooks } from './plan-looks.ts'

const ahead = 3

/** Options of {@link followFrames}. */
export interface FollowFramesOptions extends Omit<DetectOptions, 'onProgress' | 'signal'> {
  readonly signal?: CancelSignal
  /** Told how much of the video was looked at, in seconds. */
  readonly onProgress?: (seconds: number) => void
}

/** The faces of a video's frames. */
export interface FollowedFrames {
  /** Of all frames, in seconds. */
  readonly times: readonly number[]
  readonly tracks: readonly FaceTrack[]
}

/**
 * Finds the faces of a video that are to be hidden, and follows them both ways in time. Each half second
 * and after each cut a frame is looked at as `findFacesToHide` looks at a picture; each tenth of a second,
 * as soon as the picture moves, and before each cut, in a copy of 960 pixels, where faces that are seen on
 * either side are found with half of the score. `coverTracks` gives their places in the frames between.
 *
 * @param frames all frames in the order of their times, decoded no faster than they are asked for; some are
 * held at a time
 * @param size of the frames, in pixels
 * @param options override `HIDE_DETECT_DEFAULTS`
 * @throws what `detect` throws, what `frames` throw, and the signal's reason
 * @example
 * ```ts
 * const { times, tracks } = await followFrames(retinaface, frames(), { width, height })
 * const covers = coverTracks(tracks, times)
 * const hidden = hideFaces(pixels, covers[frame]!.map((box) => ({ box })))
 * ```
 */
export async function followFrames(
  retinaface: PixelDetector,
  frames: AsyncIterable<FramePicture>,
  size: ImageSize,
  { signal, onProgress, ...options }: FollowFramesOptions = {},
): Promise<FollowedFrames> {
  const begin = options.scoreThreshold ?? HIDE_DETECT_DEFAULTS.scoreThreshold
  const wanted: DetectOptions & { readonly scoreThreshold: number } = {
    ...HIDE_DETECT_DEFAULTS,
    ...options,
    ...(signal ? { signal } : {}),
    scoreThreshold: begin,
  }
  const looker = new FrameLooker(retinaface, size, wanted, options.inputSize !== undefined)
  const { width, height } = size
  const times: number[] = []
  const looked: number[] = []
  const found: FrameFaces[] = []
  const results = detectInOrder(
    planLooks(frames, (time) => times.push(time)),
    {
      detect: async (look: PlannedLook) => ({ width, height, faces: await looker.look(look) }),
      ahead,
      signal,
      onProgress: undefined,
    },
  )
  for await (const result of results) {
    if (result.status === 'failed') throw result.error
    const { index, frame } = result.source
    looked.push(index)
    found.push({ time: frame.time, faces: result.faces })
    onProgress?.(frame.time)
  }
  const tracks = followBothWays(found, begin).map(({ id, sightings }) => ({
    id,
    sightings: sightings.map((sighting) => ({ ...sighting, frame: looked[sighting.frame]! })),
  }))
  return { times, tracks }
}
