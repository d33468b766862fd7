import { once } from 'node:events'
import { extname } from 'node:path'
import { InvalidArgumentError } from '@retinaface/core'
import { type Child, startChild } from './child.ts'
import { findFfmpeg, inputOf } from './ffmpeg.ts'
import { frameHeader, streamHeader } from './matroska-frames.ts'
import type { VideoInfo } from './probe-video.ts'
import { type Chroma, type FramePlanes, planeColors, planeSize } from './read-planes.ts'
import { VideoWriteError } from './video-write-error.ts'

/** Codecs that videos can be written in. */
export const VIDEO_CODECS = ['h264', 'h265', 'vp9', 'av1'] as const

export type VideoCodec = (typeof VIDEO_CODECS)[number]

/** How a video is written. */
export interface WriteVideoOptions {
  /** Default: that of the input if it is one of {@link VIDEO_CODECS}, else what is usual for the container. */
  readonly codec?: VideoCodec
  /**
   * Constant rate factor: the lower, the better and the larger; 0 to 63, of H.264 and H.265 to 51. Default
   * 18 for H.264, 20 for H.265, 24 for VP9 and AV1, with which hardly a difference is seen.
   */
  readonly crf?: number
  /** Name of the container as FFmpeg has it, as `mp4`. Default: by the output's ending. */
  readonly container?: string
  /** See `FrameOptions`. */
  readonly ffmpeg?: string
}

const encoders: Readonly<
  Record<VideoCodec, { readonly crf: number; readonly args: readonly string[] }>
> = {
  h264: { crf: 18, args: ['libx264', '-preset', 'veryfast'] },
  h265: { crf: 20, args: ['libx265', '-preset', 'veryfast', '-x265-params', 'log-level=error'] },
  vp9: {
    crf: 24,
    args: ['libvpx-vp9', '-b:v', '0', '-deadline', 'good', '-cpu-used', '5', '-row-mt', '1'],
  },
  av1: { crf: 24, args: ['libsvtav1', '-preset', '9'] },
}

const containers: Readonly<Record<string, string>> = {
  '.mp4': 'mp4',
  '.m4v': 'mp4',
  '.mov': 'mov',
  '.3gp': 'mp4',
  '.mkv': 'matroska',
  '.webm': 'webm',
  '.avi': 'avi',
  '.ts': 'mpegts',
  '.mts': 'mpegts',
  '.m2ts': 'mpegts',
  '.flv': 'flv',
  '.gif': 'gif',
}

/** The container that a file's name stands for; undefined if it stands for none that is written. */
export function containerOf(file: string): string | undefined {
  return containers[extname(file).toLowerCase()]
}

/**
 * Writes a video frame by frame, with sound, subtitles and chapters of another file as they are. Metadata,
 * as places and times of recording, and pictures of covers are left out.
 */
export class VideoWriter {
  /** How fine the colour of frames is to be. */
  readonly chroma: Chroma
  private readonly child: Child
  private readonly file: string

  private constructor(child: Child, file: string, chroma: Chroma) {
    this.child = child
    this.file = file
    this.chroma = chroma
  }

  /**
   * Starts to write.
   *
   * @param file a path; what is there is replaced
   * @param original what sound, subtitles and chapters are taken from
   * @param first time of the first frame, in seconds
   * @throws {InvalidArgumentError} if the output's container is not known
   * @throws {ProgramMissingError}
   */
  static async open(
    file: string,
    original: string,
    info: VideoInfo,
    first: number,
    options: WriteVideoOptions = {},
  ): Promise<VideoWriter> {
    const container = options.container ?? containerOf(file)
    if (!container) {
      const known = Object.keys(containers).join(', ')
      throw new InvalidArgumentError('output', `a name that ends in one of ${known}`, file)
    }
    const program = await findFfmpeg(options.ffmpeg)
    // In these containers FFmpeg takes the delay of a coder of sound off once more.
    const isMatroska = container === 'webm' || container === 'matroska'
    const offset = first + (isMatroska ? Math.min(0, info.start) : 0)
    const child = startChild(program.ffmpeg, [
      ...['-hide_banner', '-loglevel', 'level+error', '-y'],
      // FFmpeg has each input begin at 0.
      ...['-itsoffset', offset.toFixed(6), '-f', 'matroska', '-i', 'pipe:0'],
      ...inputOf(original),
      ...tracks(container, info),
      ...(container === 'gif' ? gif : encoding(info, container, options)),
      ...program.everyFrame,
      ...['-f', container, `file:${file}`],
    ])
    child.process.stdout.resume()
    const chroma = container === 'gif' ? 'full' : 'half'
    child.process.stdin.write(streamHeader(planeSize(info), chroma, info.frameRate))
    return new VideoWriter(child, file, chroma)
  }

  /**
   * Takes the next frame; resolves when it may be followed by another.
   *
   * @throws {VideoWriteError}
   */
  async write({ time, planes }: FramePlanes): Promise<void> {
    const { stdin } = this.child.process
    const length = planes.reduce((sum, { data }) => sum + data.length, 0)
    stdin.write(frameHeader(time, length))
    for (const { data } of planes) stdin.write(data)
    if (!stdin.writableNeedDrain) return
    const gone = this.child.ended.then(() => {
      throw this.failure()
    })
    // A pipe that breaks is no drain either; its end says why.
    await Promise.race([once(stdin, 'drain').catch(() => gone), gone])
  }

  /**
   * Completes the file.
   *
   * @throws {VideoWriteError}
   */
  async close(): Promise<void> {
    this.child.process.stdin.end()
    if ((await this.child.ended) !== 0) throw this.failure()
  }

  /** Stops at once; what there is of the file is of no use. */
  end(): Promise<void> {
    return this.child.end()
  }

  private failure(): VideoWriteError {
    const problem = this.child.complaints[0] ?? 'FFmpeg ended early'
    return new VideoWriteError(this.file, `${problem}. Try another codec or container.`)
  }
}

function tracks(container: string, { hasSound }: VideoInfo): string[] {
  const copied = container === 'gif' ? [] : ['-map', '1:a?', '-c:a', 'copy']
  const hasSubtitles = ['mp4', 'mov', 'matroska', 'webm'].includes(container)
  if (hasSubtitles) copied.push('-map', '1:s?', '-c:s', 'copy')
  // Of metadata only languages are kept; FFmpeg fails where there is no sound to have one.
  const languages = container === 'gif' || !hasSound ? [] : ['-map_metadata:s:a', '1:s:a']
  return ['-map', '0:v:0', ...copied, '-map_metadata', '-1', ...languages, '-map_chapters', '1']
}

const gif = ['-filter_complex', '[0:v]split[a][b];[a]palettegen[p];[b][p]paletteuse']

// AVI has no times of frames: with frames that are stored out of order it came out longer than its input.
const frameByFrame = ['-bf', '0']

function encoding(info: VideoInfo, container: string, { codec, crf }: WriteVideoOptions): string[] {
  const chosen = codec ?? codecFor(info.codec, container)
  const { args, crf: usual } = encoders[chosen]
  const { matrix, primaries, transfer } = planeColors(info)
  const tags = { colorspace: matrix, color_primaries: primaries, color_trc: transfer }
  return [
    ...['-vf', `setsar=${info.pixelAspect.replace(':', '/')}`],
    ...['-c:v', ...args, '-crf', String(crf ?? usual)],
    ...(container === 'avi' ? frameByFrame : ['-enc_time_base', '1:90000']),
    ...['-color_range', 'tv'],
    ...Object.entries(tags).flatMap(([name, value]) => (value ? [`-${name}`, value] : [])),
    ...(chosen === 'h265' && container !== 'matroska' ? ['-tag:v', 'hvc1'] : []),
    ...(container === 'mp4' || container === 'mov'
      ? ['-video_track_timescale', '90000', '-movflags', '+faststart']
      : []),
  ]
}

function codecFor(codec: string, container: string): VideoCodec {
  if (container === 'webm') return codec === 'av1' ? 'av1' : 'vp9'
  if (codec === 'hevc') return container === 'avi' || container === 'flv' ? 'h264' : 'h265'
  return VIDEO_CODECS.find((name) => name === codec) ?? 'h264'
}
