import {
  coverTracks,
  type DoubtfulMoment,
  doubtfulMoments,
  type FramePicture,
  followFrames,
  framePicture,
  type HideOptions,
  hideFaces,
  type WebRetinaFace,
} from '@retinaface/web'
import { type VideoSample, VideoSampleSink } from 'mediabunny'
import { FrameCanvas } from './frame-canvas.ts'
import { type OpenVideo, openVideo } from './open-video.ts'
import { rewriteVideo } from './rewrite-video.ts'

export interface HideVideoOptions extends HideOptions {
  readonly signal: AbortSignal
  /** Told how much of a pass is done, 0..1. */
  readonly onProgress: (pass: 'find' | 'hide', share: number) => void
}

export interface HiddenVideo {
  readonly file: Blob
  /** With the dot. */
  readonly extension: string
  readonly faces: number
  /** Where to look, in the order of time. */
  readonly doubtful: readonly DoubtfulMoment[]
}

/**
 * A copy of a video file in which the faces are hidden, with its sound.
 *
 * @throws {Error} saying what this browser cannot do
 */
export async function hideFacesInVideo(
  retinaface: WebRetinaFace,
  file: Blob,
  { signal, onProgress, ...options }: HideVideoOptions,
): Promise<HiddenVideo> {
  const video = await openVideo(file)
  try {
    const { track, duration } = video
    const size = {
      width: await track.getDisplayWidth(),
      height: await track.getDisplayHeight(),
    }
    const frames = new FrameCanvas(size.width, size.height)
    const { times, tracks } = await followFrames(retinaface, pictures(video, frames), size, {
      signal,
      onProgress: (seconds) => onProgress('find', seconds / duration),
    })
    const covers = coverTracks(tracks, times)
    let frame = 0
    const hide = (sample: VideoSample) => {
      expectSameFrame(times[frame], sample.timestamp)
      const faces = covers[frame++]!.map((box) => ({ box }))
      frames.show(hideFaces(frames.read(sample), faces, options))
      return frames.canvas
    }
    const written = await rewriteVideo(video, {
      signal,
      process: hide,
      onProgress: (share) => onProgress('hide', share),
    })
    return { ...written, faces: tracks.length, doubtful: doubtfulMoments(tracks, times, size) }
  } finally {
    video.input.dispose()
  }
}

/** The frames that are shown from the file's beginning on. */
async function* pictures(
  { track }: OpenVideo,
  frames: FrameCanvas,
): AsyncGenerator<FramePicture, void, undefined> {
  for await (const sample of new VideoSampleSink(track).samples(0)) {
    const time = Math.max(0, sample.timestamp)
    const image = frames.read(sample)
    sample.close()
    yield framePicture(image, time)
  }
}

/** A frame of the second pass that is none of the first would be covered at the wrong places. */
function expectSameFrame(first: number | undefined, second: number): void {
  if (first !== undefined && Math.abs(first - second) < 1e-3) return
  throw new Error('the browser decoded other frames the second time. Nothing was written.')
}
