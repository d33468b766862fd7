import { VIDEO_CODECS, type VideoCodec } from '@retinaface/node'
import { type Command, Option } from 'commander'
import { parseCount, parsePositiveInteger } from '../options/parse-values.ts'

/** Options of commands that read videos. */
export interface VideoFlags {
  readonly ffmpeg?: string
}

/** Options of commands that look at frames of videos. */
export interface FrameFlags extends VideoFlags {
  readonly every?: number
  readonly videos?: true
}

/** Options of commands that write videos. */
export interface HideVideoFlags extends VideoFlags {
  readonly codec?: VideoCodec
  readonly crf?: number
  readonly keep?: number[]
  readonly only?: number[]
  readonly contactSheet?: true
}

export function addVideoOptions(command: Command): Command {
  return command.option(
    '--ffmpeg <path>',
    'of videos: the FFmpeg that reads them (default: ffmpeg on PATH)',
  )
}

export function addFrameOptions(command: Command): Command {
  return addVideoOptions(command)
    .option(
      '--every <count>',
      'of videos: look at each n-th frame (default: 1)',
      parsePositiveInteger,
    )
    .option('--videos', 'take the videos in folders too; those that are named are always taken')
}

export function addHideVideoOptions(command: Command): Command {
  return addVideoOptions(command)
    .addOption(
      new Option(
        '--codec <name>',
        "of videos (default: the input's, if it is one of these, else what is usual)",
      ).choices(VIDEO_CODECS),
    )
    .option(
      '--crf <number>',
      'of videos: constant rate factor, lower is better and larger (default: 18 for h264, 20 for h265, 24 for vp9 and av1)',
      parseCount,
    )
    .addOption(
      new Option('--keep <ids>', 'of videos: do not hide these tracks, as 2,5')
        .argParser(parseIds)
        .conflicts('only'),
    )
    .option('--only <ids>', 'of videos: hide these tracks and no others', parseIds)
    .option(
      '--contact-sheet',
      'of videos: write a picture of the tracks with their ids instead, as <video>-tracks.jpg; then see --keep and --only',
    )
}

/** Ids with commas between. */
function parseIds(value: string): number[] {
  return value.split(',').map(parsePositiveInteger)
}

/** What functions of videos are told of the program. */
export function programOf({ ffmpeg }: VideoFlags): { readonly ffmpeg?: string } {
  return ffmpeg === undefined ? {} : { ffmpeg }
}
