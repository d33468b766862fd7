import { ImageReadError } from '@retinaface/core'
import { type Child, startChild } from './child.ts'
import { findFfmpeg, inputOf } from './ffmpeg.ts'
import { isHdr, type VideoInfo } from './probe-video.ts'

/** Which frames of a video are read. */
export interface FrameOptions {
  /** Read each n-th frame only. Default 1. */
  readonly every?: number
  /** Where to begin, in seconds. Default 0. */
  readonly start?: number
  /** Where to end, in seconds; a frame at this time is not read. Default: the video's end. */
  readonly end?: number
  /** Ends the work; reading then throws the signal's reason. */
  readonly signal?: AbortSignal
  /** FFmpeg's path, or its name on PATH; ffprobe lies beside it. Default `'ffmpeg'`. */
  readonly ffmpeg?: string
}

/** How the samples of frames lie in memory. */
interface FrameLayout {
  /** FFmpeg's name for it. */
  readonly pixelFormat: string
  /** FFmpeg's filters that bring frames of the video's own size into it. */
  readonly filters: readonly string[]
  /** Bytes of a frame. */
  readonly size: number
}

/** The samples of a frame of a video. */
interface FrameSamples {
  /** When it is shown, in seconds from the beginning of the file. */
  readonly time: number
  readonly data: Uint8Array
}

/** What reading a video came to. */
export interface Reading {
  /** What FFmpeg said of parts that are damaged. */
  readonly complaints: readonly string[]
}

/**
 * Decodes a video, no faster than frames are asked for: one is held, and what fits into pipes.
 *
 * @throws as `readFrames`
 */
export async function* decodeFrames(
  file: string,
  info: VideoInfo,
  layout: FrameLayout,
  options: FrameOptions = {},
): AsyncGenerator<FrameSamples, Reading, undefined> {
  const { signal, start = 0 } = options
  signal?.throwIfAborted()
  const program = await findFfmpeg(options.ffmpeg)
  const times = new FrameTimes(start, info.frameRate)
  const args = decodeArguments(file, info, layout, options, program.everyFrame)
  const child = startChild(program.ffmpeg, args, (line) => times.take(line))
  child.ended.then(
    () => times.end(),
    () => times.end(),
  )
  const stop = () => void child.end()
  signal?.addEventListener('abort', stop)
  try {
    let frame = 0
    for await (const data of framesOf(child, layout.size)) {
      yield { time: await times.of(frame++), data }
      signal?.throwIfAborted()
    }
    signal?.throwIfAborted()
    const code = await child.ended
    if (code !== 0 || frame === 0) throw unreadable(file, child)
    return { complaints: child.complaints }
  } finally {
    signal?.removeEventListener('abort', stop)
    await child.end()
  }
}

function unreadable(file: string, { complaints }: Child): ImageReadError {
  const detail = complaints.at(-1) ?? 'it has no frame in this range'
  return new ImageReadError(JSON.stringify(file), `its video could not be decoded: ${detail}.`)
}

function decodeArguments(
  file: string,
  info: VideoInfo,
  layout: FrameLayout,
  { every = 1, start = 0, end }: FrameOptions,
  everyFrame: readonly string[],
): string[] {
  return [
    ...['-hide_banner', '-nostdin', '-loglevel', 'level+info'],
    ...(start > 0 ? ['-ss', String(start)] : []),
    ...(end === undefined ? [] : ['-t', String(end - start)]),
    ...inputOf(file),
    // Not the pictures of covers.
    ...['-map', '0:V:0', '-vf', filters(info, layout, every)],
    ...everyFrame,
    ...['-f', 'rawvideo', '-pix_fmt', layout.pixelFormat, 'pipe:1'],
  ]
}

function filters(info: VideoInfo, layout: FrameLayout, every: number): string {
  const { width, height, isInterlaced } = info
  return [
    ...(isInterlaced ? ['bwdif=mode=send_frame'] : []),
    ...(every > 1 ? [`select=not(mod(n\\,${every}))`] : []),
    ...(isHdr(info) ? [toSdr] : []),
    // Videos whose size changes on the way keep that of their beginning.
    `scale=${width}:${height}`,
    ...layout.filters,
    'showinfo=checksum=0',
  ].join(',')
}

const toSdr =
  'zscale=transfer=linear:npl=203,format=gbrpf32le,zscale=primaries=bt709,tonemap=hable:desat=0,zscale=transfer=bt709:matrix=bt709:range=tv,format=yuv444p'

/** Times of frames, as FFmpeg tells of them, which may be sooner or later than their pixels come. */
class FrameTimes {
  private readonly start: number
  private readonly frameRate: number
  private readonly times: number[] = []
  private unit = Number.NaN
  private hasEnded = false
  private waiting: (() => void) | undefined

  constructor(start: number, frameRate: number) {
    this.start = start
    this.frameRate = frameRate
  }

  take(line: string): void {
    const [, above, below] = /config in time_base: (\d+)\/(\d+)/.exec(line) ?? []
    if (above && Number.isNaN(this.unit)) this.unit = Number(above) / Number(below)
    const [, count] = /\bn: *\d+ pts: *(-?\d+|NOPTS)/.exec(line) ?? []
    if (count === undefined) return
    const before = this.times.at(-1)
    const next = before === undefined ? this.start : before + 1 / this.frameRate
    this.times.push(count === 'NOPTS' ? next : this.start + Number(count) * this.unit)
    this.waiting?.()
  }

  /** Nothing more is told. */
  end(): void {
    this.hasEnded = true
    this.waiting?.()
  }

  async of(frame: number): Promise<number> {
    while (this.times.length <= frame && !this.hasEnded) {
      await new Promise<void>((resolve) => {
        this.waiting = resolve
      })
    }
    return this.times[frame] ?? this.start + frame / this.frameRate
  }
}

/** Puts the samples that come through the pipe together. */
async function* framesOf(
  { process }: Child,
  size: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let data = new Uint8Array(size)
  let filled = 0
  for await (const chunk of process.stdout as AsyncIterable<Buffer>) {
    let taken = 0
    while (taken < chunk.length) {
      const part = chunk.subarray(taken, taken + size - filled)
      data.set(part, filled)
      filled += part.length
      taken += part.length
      if (filled < size) continue
      yield data
      data = new Uint8Array(size)
      filled = 0
    }
  }
}
