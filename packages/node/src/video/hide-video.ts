import {
  type Box,
  coverTracks,
  type DoubtfulMoment,
  doubtfulMoments,
  type HideOptions,
  hideFaces,
  type PixelImage,
} from '@retinaface/core'
import type { FollowedVideo } from './follow-faces.ts'
import { type FramePlanes, readPlanes } from './read-planes.ts'
import { VideoWriter, type WriteVideoOptions } from './write-video.ts'

/** Options of {@link hideFacesInVideo}. */
export interface HideVideoOptions extends HideOptions, WriteVideoOptions {
  /** Ids of tracks that are not hidden. */
  readonly keep?: readonly number[]
  readonly signal?: AbortSignal
  /** Told how much of the video is written, in seconds. */
  readonly onProgress?: (seconds: number) => void
}

/** What hiding the faces of a video came to. */
export interface HiddenVideo {
  /** How many frames were written: as many as were read. */
  readonly frames: number
  /** Where to look, in the order of time. */
  readonly doubtful: readonly DoubtfulMoment[]
}

/**
 * Writes a video in which the faces that `followFaces` found are hidden in every frame from before they are
 * found first to after they are found last. Sound, subtitles, chapters and the times of frames stay;
 * metadata goes; rotation is applied to the pixels.
 *
 * @param output a path; what is there is replaced, and what there is of it after an error is of no use
 * @throws {VideoWriteError}
 * @throws {InvalidArgumentError} if an option is not valid
 * @throws as `readFrames`
 *
 * @example
 * const followed = await followFaces(retinaface, 'party.mp4')
 * await hideFacesInVideo(followed, 'party-hidden.mp4', { style: 'pixelate' })
 */
export async function hideFacesInVideo(
  { file, info, times, tracks }: FollowedVideo,
  output: string,
  { style, margin, keep = [], signal, onProgress, ...writing }: HideVideoOptions = {},
): Promise<HiddenVideo> {
  const hidden = tracks.filter(({ id }) => !keep.includes(id))
  const covers = coverTracks(hidden, times)
  const options = {
    ...(style === undefined ? {} : { style }),
    ...(margin === undefined ? {} : { margin }),
  }
  const { ffmpeg } = writing
  const reading = { ...(ffmpeg === undefined ? {} : { ffmpeg }), ...(signal ? { signal } : {}) }
  const writer = await VideoWriter.open(output, file, info, times[0]!, writing)
  let frames = 0
  try {
    for await (const frame of readPlanes(file, info, writer.chroma, reading)) {
      const boxes = covers[frames++] ?? covers.at(-1)!
      await writer.write(hideInPlanes(frame, boxes, options))
      onProgress?.(frame.time)
    }
    await writer.close()
  } finally {
    await writer.end()
  }
  return { frames, doubtful: doubtfulMoments(hidden, times, info) }
}

/** Each plane is covered alone: covers are of mean values, and grey is 128 in all of them. */
function hideInPlanes(
  { time, planes: [luma, blue, red] }: FramePlanes,
  boxes: readonly Box[],
  options: HideOptions,
): FramePlanes {
  const hide = (plane: PixelImage) => {
    const [x, y] = [plane.width / luma.width, plane.height / luma.height]
    const faces = boxes.map(([x1, y1, x2, y2]) => ({
      box: [x * x1, y * y1, x * x2, y * y2] as const,
    }))
    return hideFaces(plane, faces, options)
  }
  return { time, planes: [hide(luma), hide(blue), hide(red)] }
}
