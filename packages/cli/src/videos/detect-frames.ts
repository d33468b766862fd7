import { detectVideo, type FrameFacesWithIds, probeVideo } from '@retinaface/node'
import { CliError } from '../cli-error.ts'
import type { Detector } from '../detection/detection.ts'
import { toPath } from '../inputs/read-stream.ts'
import { programOf, type VideoFlags } from './video-options.ts'
import type { VideoInput } from './with-videos.ts'

/** A video whose faces are found as its frames are asked for. */
export interface VideoToDetect {
  readonly input: VideoInput
  /** One for each track so far. */
  readonly faces: readonly unknown[]
  readonly frames: AsyncIterable<FrameFacesWithIds>
}

/** What `detect` has of videos besides their reading. */
export interface DetectVideoFlags extends VideoFlags {
  readonly ndjson?: true
  readonly liveLink?: string
  readonly every?: number
  readonly resume?: true
}

/** Opens a video for detection. */
export async function openToDetect(
  input: VideoInput,
  { retinaface, detectOptions, onShare, signal }: Detector,
  { ndjson, liveLink, every, resume, ...flags }: DetectVideoFlags,
): Promise<VideoToDetect> {
  if (!ndjson && liveLink === undefined) {
    throw new CliError(
      'USAGE',
      'A video has results for each of its frames: ask for them with --ndjson, or for the expressions of its faces with --live-link.',
    )
  }
  if (resume) {
    throw new CliError(
      'USAGE',
      'There is no going on in the middle of a video: leave out --resume.',
    )
  }
  const path = toPath(input.source)
  const { duration = 0 } = await probeVideo(path, programOf(flags))
  const faces: number[] = []
  async function* frames() {
    const found = detectVideo(retinaface, path, {
      ...detectOptions,
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
  return { input, faces, frames: frames() }
}
