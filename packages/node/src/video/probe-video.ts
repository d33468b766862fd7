import { access } from 'node:fs/promises'
import { ImageReadError } from '@retinaface/core'
import { systemReason } from '../system-reason.ts'
import { runChild } from './child.ts'
import { type Ffmpeg, findFfmpeg, inputOf } from './ffmpeg.ts'

/** What a video file says of itself. */
export interface VideoInfo {
  /** Columns of an upright frame, in pixels. */
  readonly width: number
  readonly height: number
  /** In seconds; undefined where the file does not say. */
  readonly duration: number | undefined
  /** Mean, in frames a second; those of many videos come at other times. */
  readonly frameRate: number
  /** Name of the video's codec, as `h264`. */
  readonly codec: string
  /** Of light, as `bt709`; undefined where the file does not say. */
  readonly transfer: string | undefined
  /** Matrix, primaries and the like as FFmpeg names them; undefined where the file does not say. */
  readonly matrix: string | undefined
  readonly primaries: string | undefined
  /** Frames are two pictures, of every other row each. */
  readonly isInterlaced: boolean
  /** Width of a pixel by its height, as `4:3`. */
  readonly pixelAspect: string
  readonly hasSound: boolean
  /** Time that the file itself gives its beginning, in seconds: below 0 by the delay of its sound's coder. */
  readonly start: number
}

/** True if the light of a video goes beyond what screens of 8 bits show. */
export function isHdr({ transfer }: VideoInfo): boolean {
  return transfer === 'smpte2084' || transfer === 'arib-std-b67'
}

interface ProbedStream {
  readonly codec_type?: string
  readonly codec_name?: string
  readonly width?: number
  readonly height?: number
  readonly avg_frame_rate?: string
  readonly r_frame_rate?: string
  readonly duration?: string
  readonly field_order?: string
  readonly color_transfer?: string
  readonly color_space?: string
  readonly color_primaries?: string
  readonly sample_aspect_ratio?: string
  readonly disposition?: { readonly attached_pic?: number }
  readonly side_data_list?: readonly { readonly rotation?: number | string }[]
}

/**
 * Asks FFmpeg's ffprobe what a video file is.
 *
 * @param options with `ffmpeg`, FFmpeg's path or its name on PATH; ffprobe lies beside it
 * @throws {ImageReadError} if there is no video that can be read
 * @throws {ProgramMissingError}
 */
export async function probeVideo(
  file: string,
  { ffmpeg }: { readonly ffmpeg?: string } = {},
): Promise<VideoInfo> {
  const name = JSON.stringify(file)
  await access(file).catch((error) => {
    throw new ImageReadError(name, systemReason(error), error)
  })
  const { streams = [], format = {} } = await askOf(file, await findFfmpeg(ffmpeg))
  const stream = streams.find(
    ({ codec_type, disposition }) => codec_type === 'video' && !disposition?.attached_pic,
  )
  if (!stream) throw new ImageReadError(name, 'it has no video, or it is damaged at its beginning.')
  if (!stream.width || !stream.height)
    throw new ImageReadError(name, 'its video is damaged: it has no size.')
  const rotation = Number(stream.side_data_list?.find((data) => 'rotation' in data)?.rotation ?? 0)
  const isOnItsSide = Math.abs(Math.round(rotation / 90)) % 2 === 1
  const duration = Number(stream.duration ?? format.duration)
  return {
    width: isOnItsSide ? stream.height : stream.width,
    height: isOnItsSide ? stream.width : stream.height,
    duration: duration > 0 ? duration : undefined,
    frameRate: toNumber(stream.avg_frame_rate) || toNumber(stream.r_frame_rate) || 25,
    codec: stream.codec_name ?? 'unknown',
    transfer: known(stream.color_transfer),
    matrix: known(stream.color_space),
    primaries: known(stream.color_primaries),
    isInterlaced: /^(?:tt|bb|tb|bt)$/.test(stream.field_order ?? ''),
    pixelAspect: aspectOf(stream.sample_aspect_ratio, isOnItsSide),
    hasSound: streams.some(({ codec_type }) => codec_type === 'audio'),
    start: Number(format.start_time ?? 0) || 0,
  }
}

async function askOf(
  file: string,
  { ffprobe }: Ffmpeg,
): Promise<{ streams?: ProbedStream[]; format?: { duration?: string; start_time?: string } }> {
  const show = ['-show_streams', '-show_format', '-of', 'json']
  const { code, stdout, complaints } = await runChild(ffprobe, [
    ...['-hide_banner', '-loglevel', 'level+error'],
    ...show,
    ...inputOf(file),
  ])
  if (code === 0) return JSON.parse(stdout)
  throw new ImageReadError(JSON.stringify(file), unreadable(complaints))
}

function unreadable(complaints: readonly string[]): string {
  if (complaints.some((line) => line.includes('moov atom not found'))) {
    return 'it has no index, which most MP4 and MOV files have at their end: it is no video, was cut off, or is still being written. Copy or record it again.'
  }
  const detail = complaints[0] ? ` (${complaints[0]})` : ''
  return `it is no video, or it is damaged${detail}.`
}

/** `30000/1001` as a number; 0 where it says nothing. */
function toNumber(ratio = ''): number {
  const [above, below = '1'] = ratio.split('/')
  const value = Number(above) / Number(below)
  return Number.isFinite(value) ? value : 0
}

function known(name: string | undefined): string | undefined {
  return name === 'unknown' || name === 'reserved' ? undefined : name
}

function aspectOf(ratio = '1:1', isOnItsSide: boolean): string {
  const [x, y] = ratio.split(':').map(Number)
  if (!x || !y) return '1:1'
  return isOnItsSide ? `${y}:${x}` : `${x}:${y}`
}
