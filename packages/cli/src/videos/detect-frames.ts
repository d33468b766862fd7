import { detectVideo, probeVideo } from '@retinaface/node'
import { CliError } from '../cli-error.ts'
import type { Detector } from '../detection/detection.ts'
import { toPath } from '../inputs/read-stream.ts'
import { type FrameEntry, toFrameEntry } from '../output/result-entry.ts'
import { programOf, type VideoFlags } from './video-options.ts'
import type { VideoInput } from './with-videos.ts'

/** A video whose faces are found as its frames are asked for. */
export interface VideoToDetect {
  readonly input: VideoInput
  /** One for each track so far. */
  readonly faces: readonly unknown[]
  readonly frames: AsyncIterable<FrameEntry>
}

/** What `detect` has of videos besides their reading. */
export interface DetectVideoFlags extends VideoFlags {
  readonly ndjson?: true
  readonly every?: number
  readonly resume?: true
}

/** Opens a video for detection. */
export async function openToDetect(
  input: VideoInput,
  { retinaface, detectOptions, onShare, signal }: Detector,
  { ndjson, every, resume, ...flags }: DetectVideoFlags,
): Promise<VideoToDetect> {
  if (!ndjson) {
    throw new CliError(
      'USAGE',
      'A video has results for each of its frames: ask for them with --ndjson.',
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
      yield toFrameEntry(input.file, frame)
      onShare?.(duration > 0 ? Math.min(1, frame.time / duration) : 0)
    }
  }
  return { input, faces, frames: frames() }
}
