import { detectVideo, type FrameFacesWithIds, probeVideo } from '@retinaface/node'
import type { Detector } from '../detection/detection.ts'
import { toPath } from '../inputs/read-stream.ts'
import type { PictureDetectOptions } from '../options/detection-options.ts'
import { type FrameFlags, programOf } from './video-options.ts'
import type { VideoInput } from './with-videos.ts'

/** A video whose faces are found as its frames are asked for. */
export interface VideoToDetect {
  readonly input: VideoInput
  /** One for each track so far. */
  readonly faces: readonly unknown[]
  /** Frames a second, on average. */
  readonly frameRate: number
  readonly frames: AsyncIterable<FrameFacesWithIds>
}

/** Opens a video whose faces are to be found and followed. */
export async function openVideo(
  input: VideoInput,
  { retinaface, detectOptions, onShare, signal }: Detector,
  { every, ...flags }: FrameFlags,
  more: PictureDetectOptions = {},
): Promise<VideoToDetect> {
  const path = toPath(input.source)
  const { duration = 0, frameRate } = await probeVideo(path, programOf(flags))
  const faces: number[] = []
  async function* frames() {
    const found = detectVideo(retinaface, path, {
      ...detectOptions,
      ...more,
      ...programOf(flags),
      ...(every === undefined ? {} : { every }),
      ...(signal ? { signal } : {}),
    })
    for await (const frame of found) {
      for (const { id } of frame.faces) if (!faces.includes(id)) faces.push(id)
      yield frame
      onShare?.(duration > 0 ? Math.min(1, frame.time / duration) : 0)
    }
  }
  return { input, faces, frameRate, frames: frames() }
}
