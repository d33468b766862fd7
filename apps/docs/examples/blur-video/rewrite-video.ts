import {
  BufferTarget,
  Conversion,
  type DiscardedTrack,
  MkvOutputFormat,
  Mp4OutputFormat,
  Output,
  type OutputFormat,
  type VideoSample,
  WebMOutputFormat,
} from 'mediabunny'
import type { OpenVideo } from './open-video.ts'

export interface RewriteOptions {
  readonly signal: AbortSignal
  /** Gives what a frame is replaced by; the times of frames stay. */
  readonly process: (sample: VideoSample) => OffscreenCanvas
  /** Told how much is done, 0..1. */
  readonly onProgress: (share: number) => void
}

/** Writes a video anew, frame by frame, with its sound as it is; without metadata and other videos. */
export async function rewriteVideo(
  video: OpenVideo,
  { signal, process, onProgress }: RewriteOptions,
): Promise<{ file: Blob; extension: string }> {
  const { conversion, format, target } = await prepare(video, process)
  conversion.onProgress = onProgress
  const cancel = () => void conversion.cancel()
  signal.addEventListener('abort', cancel)
  try {
    signal.throwIfAborted()
    await conversion.execute()
  } catch (error) {
    signal.throwIfAborted()
    await conversion.cancel()
    throw error
  } finally {
    signal.removeEventListener('abort', cancel)
  }
  const file = new Blob([target.buffer!], { type: format.mimeType })
  return { file, extension: format.fileExtension }
}

/** Takes the first container in which the browser can write the video and all sound. */
async function prepare({ input, track, isWebM }: OpenVideo, process: RewriteOptions['process']) {
  let lost: readonly DiscardedTrack[] = []
  for (const format of formats(isWebM)) {
    const target = new BufferTarget()
    const conversion = await Conversion.init({
      input,
      output: new Output({ format, target }),
      // Times stay as they are in the file.
      trim: { start: 0 },
      tags: {},
      video: ({ id }) =>
        id === track.id ? { process, allowTransformationMetadata: false } : { discard: true },
      showWarnings: false,
    })
    lost = conversion.discardedTracks.filter(({ reason }) => reason !== 'discarded_by_user')
    if (conversion.isValid && lost.length === 0) return { conversion, format, target }
  }
  const kinds = lost.map(({ track: { type } }) => (type === 'video' ? 'the video' : 'the sound'))
  throw new Error(`this browser cannot write ${kinds.join(' and ')}. Try another browser.`)
}

function formats(isWebM: boolean): OutputFormat[] {
  const [mp4, webm] = [new Mp4OutputFormat(), new WebMOutputFormat()]
  return [...(isWebM ? [webm, mp4] : [mp4, webm]), new MkvOutputFormat()]
}
