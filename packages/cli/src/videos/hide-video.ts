import { parse } from 'node:path'
import type { DoubtfulMoment, HideStyle } from '@retinaface/core'
import {
  containerOf,
  type FollowedVideo,
  followFaces,
  hideFacesInVideo,
  VideoWriteError,
} from '@retinaface/node'
import { CliError } from '../cli-error.ts'
import type { Detector } from '../detection/detection.ts'
import { toPath } from '../inputs/read-stream.ts'
import { duration } from '../run/progress-line.ts'
import type { RunStart } from '../run/run-on-pictures.ts'
import { trackSheet } from './track-sheet.ts'
import { type HideVideoFlags, programOf, type VideoFlags } from './video-options.ts'
import type { VideoInput } from './with-videos.ts'

/** A video with its faces. */
export interface VideoWithTracks {
  readonly input: VideoInput
  /** One for each track. */
  readonly faces: readonly unknown[]
  readonly video: FollowedVideo
}

// Finding the faces takes this share of the time, hiding them the rest.
const shareOfFinding = 0.8

/** Follows the faces of a video that are to be hidden. */
export async function followVideo(
  input: VideoInput,
  { retinaface, detectOptions, onShare, signal }: Detector,
  flags: VideoFlags,
): Promise<VideoWithTracks> {
  if (containerOf(input.outputPath) === undefined) throw notWritten(input.outputPath)
  let seconds = 0
  const video = await followFaces(retinaface, toPath(input.source), {
    ...detectOptions,
    ...programOf(flags),
    ...(signal ? { signal } : {}),
    onDuration: (whole) => {
      seconds = whole
    },
    onProgress: (time) => onShare?.(seconds > 0 ? shareOfFinding * Math.min(1, time / seconds) : 0),
  })
  return { input, faces: video.tracks, video }
}

/** How faces are hidden. */
export interface HideFlags extends HideVideoFlags {
  readonly style: HideStyle
  readonly margin: number
}

/** Writes a video with its faces hidden, or the picture of its tracks, and says where to look. */
export async function writeHidden(
  { input, video }: VideoWithTracks,
  flags: HideFlags,
  { outputFolder, say, onShare, signal }: RunStart,
): Promise<void> {
  const folder = outputFolder!
  const { file, outputPath } = input
  if (flags.contactSheet) {
    const { dir, base } = parse(outputPath)
    const name = `${dir === '' ? '' : `${dir}/`}${base}-tracks.jpg`
    await folder.write(name, await trackSheet(video, { ...programOf(flags), signal }))
    return
  }
  const { style, margin, codec, crf } = flags
  const length = video.times.at(-1)!
  await folder.writeBy(outputPath, async (unfinished) => {
    try {
      const { doubtful } = await hideFacesInVideo(video, unfinished, {
        ...{ style, margin, signal, keep: keptOf(video, flags), ...programOf(flags) },
        ...(codec === undefined ? {} : { codec }),
        ...(crf === undefined ? {} : { crf }),
        container: containerOf(outputPath)!,
        onProgress: (time) => {
          onShare(shareOfFinding + (1 - shareOfFinding) * (length > 0 ? time / length : 1))
        },
      })
      report(file, video, doubtful, say)
    } catch (error) {
      if (!(error instanceof VideoWriteError)) throw error
      throw new CliError(error.code, error.problem, error)
    }
  })
}

function keptOf({ tracks }: FollowedVideo, { keep = [], only }: HideVideoFlags): number[] {
  const ids = tracks.map(({ id }) => id)
  return only ? ids.filter((id) => !only.includes(id)) : keep
}

const mostLines = 10
// Of the end of a video, in seconds: frames have lengths, and sound may be longer than the picture.
const mostMissing = 2
const words = {
  bridged: 'not found between two frames where it is, bridged',
  lost: 'not found any more, though not at the edge',
  weak: 'found with a low score only',
}

function report(
  file: string,
  { tracks, times, info, complaints }: FollowedVideo,
  doubtful: readonly DoubtfulMoment[],
  say: (line: string) => void,
): void {
  if (complaints.length > 0) {
    say(`${file}: parts are damaged and missing in the output (${complaints[0]}).`)
  }
  const [end, promised] = [times.at(-1)!, info.duration ?? 0]
  if (promised - end > mostMissing) {
    const seen = `its picture ends at ${duration(end)}, but the file says ${duration(promised)}`
    say(`${file}: ${seen}. The output ends there too. The file may have been cut off.`)
  }
  if (tracks.length === 0) say(`${file}: no face was found. Look at it yourself.`)
  if (doubtful.length === 0) return
  say(`${file}: least sure at these moments; look at them yourself.`)
  const worst = doubtful.toSorted((a, b) => a.score - b.score).slice(0, mostLines)
  for (const { id, times, frames, reason } of worst.sort((a, b) => a.times[0] - b.times[0])) {
    const [from, to] = times.map((time) => duration(time))
    const when = from === to ? from : `${from} to ${to}`
    say(`  ${when} (frames ${frames[0]} to ${frames[1]}), face ${id}: ${words[reason]}`)
  }
  if (doubtful.length > mostLines) say(`  and ${doubtful.length - mostLines} more`)
}

function notWritten(path: string): CliError {
  return new CliError(
    'NOT_READ',
    `${parse(path).ext} files are not written. Convert it to .mp4, .mov, .mkv or .webm.`,
  )
}
