import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import type { Box, Face } from '@retinaface/node'

/** Size of the frames that are made, in pixels. */
export const width = 960
export const height = 540
const smallest = 20

export type Point = readonly [x: number, y: number]

/** How a still picture is made to move. */
export interface Kind {
  readonly name: string
  readonly framesPerSecond: number
  readonly encode: readonly string[]
  readonly ending: string
  /** FFmpeg's filters after the picture has come to 1.25 times the size of the frame. */
  readonly filters: string
  /** Where a point of that picture is in frame n. */
  readonly place: (point: Point, n: number) => Point
  /** How large the picture is in frame n beside its own size; default 1. */
  readonly scale?: (n: number) => number
  /** The file holds frames turned by a quarter, and says so, as phones do. */
  readonly isTurned?: true
  /** What share of the face is in sight in frame n; default all. */
  readonly inSight?: (box: Box, n: number) => boolean
}

const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23']
const pan = {
  filters: `crop=${width}:${height}:'120+110*sin(n/8)':'60+50*cos(n/11)'`,
  place: ([x, y]: Point, n: number): Point => [
    x - 120 - 110 * Math.sin(n / 8),
    y - 60 - 50 * Math.cos(n / 11),
  ],
}
const angleOf = (n: number) => 0.35 * Math.sin(n / 12)
const zoomAt = (n: number) => 1.3 + 0.3 * Math.sin(n / 12)
const barAt = (n: number) => ((n * 14) % (width + 160)) - 160

/** One video of each is made. */
export const KINDS: readonly Kind[] = [
  { name: 'panning', framesPerSecond: 25, encode: h264, ending: 'mp4', ...pan },
  { name: 'panning, 60 frames a second', framesPerSecond: 60, encode: h264, ending: 'mkv', ...pan },
  {
    name: 'dark, H.265',
    framesPerSecond: 30,
    encode: ['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params', 'log-level=error'],
    ending: 'mp4',
    filters: `${pan.filters},eq=brightness=-0.25:contrast=0.6`,
    place: pan.place,
  },
  {
    name: 'blurred by motion, VP9',
    framesPerSecond: 30,
    encode: ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '1M'],
    ending: 'webm',
    filters: `${pan.filters},tmix=frames=3`,
    place: (point, n) => pan.place(point, Math.max(0, n - 1)),
  },
  {
    name: 'occluded by a bar',
    framesPerSecond: 25,
    encode: h264,
    ending: 'mp4',
    filters: `${pan.filters}[v];color=0x404040:s=120x${height}:r=25[b];[v][b]overlay=x='mod(n*14,${width + 160})-160':shortest=1`,
    place: pan.place,
    inSight: ([x1, , x2], n) => {
      const covered = Math.min(x2, barAt(n) + 120) - Math.max(x1, barAt(n))
      return covered < 0.5 * (x2 - x1)
    },
  },
  {
    name: 'turning, MOV',
    framesPerSecond: 30,
    encode: h264,
    ending: 'mov',
    filters: `rotate='0.35*sin(n/12)',crop=${width}:${height}:120:67`,
    place: ([x, y], n) => {
      const [sine, cosine] = [Math.sin(angleOf(n)), Math.cos(angleOf(n))]
      const [dx, dy] = [x - 600, y - 337.5]
      return [480 + cosine * dx - sine * dy, 270.5 + sine * dx + cosine * dy]
    },
  },
  {
    name: 'zooming',
    framesPerSecond: 30,
    encode: h264,
    ending: 'mp4',
    filters: `zoompan=z='1.3+0.3*sin(on/12)':x='iw/2-iw/zoom/2':y='ih/2-ih/zoom/2':d=1:s=${width}x${height}:fps=30`,
    place: ([x, y], n) => [480 + 0.8 * zoomAt(n) * (x - 600), 270 + 0.8 * zoomAt(n) * (y - 337.5)],
    scale: (n) => 0.8 * zoomAt(n),
  },
  {
    name: 'rotated by its metadata, MOV',
    framesPerSecond: 50,
    encode: h264,
    ending: 'mov',
    filters: `${pan.filters},transpose=clock`,
    place: pan.place,
    isTurned: true,
  },
  { name: 'GIF', framesPerSecond: 25, encode: [], ending: 'gif', ...pan },
]

/** A face as it is in one frame. */
export interface Truth {
  /** Index in the still picture. */
  readonly face: number
  readonly points: readonly Point[]
  readonly box: Box
}

/** Makes a video with a tone of a still picture of 1.25 times the size of its frames. */
export function film(kind: Kind, still: string, frames: number, file: string): void {
  const rate = String(kind.framesPerSecond)
  const tone = ['-f', 'lavfi', '-i', `sine=440:d=${frames / kind.framesPerSecond}`]
  const turned = `${file}.turned.${kind.ending}`
  const sound = kind.ending === 'webm' ? ['-c:a', 'libopus'] : ['-c:a', 'aac']
  execFileSync('ffmpeg', [
    ...['-v', 'error', '-y', '-loop', '1', '-framerate', rate, '-i', still],
    ...(kind.ending === 'gif' ? [] : tone),
    ...['-filter_complex', `[0:v]${kind.filters},format=yuv420p[out]`, '-map', '[out]'],
    ...(kind.ending === 'gif' ? [] : ['-map', '1:a', ...sound]),
    ...['-frames:v', String(frames), ...kind.encode, kind.isTurned ? turned : file],
  ])
  if (!kind.isTurned) return
  const rotation = ['-metadata:s:v', 'rotate=90']
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', turned, '-c', 'copy', ...rotation, file])
  rmSync(turned)
}

/** The faces that are to be hidden in frame n, of those that are known in the still picture. */
export function truthsOf(kind: Kind, known: readonly Face[], n: number): Truth[] {
  return known.flatMap(({ landmarks, box }, face) => {
    const points = landmarks.map((point) => kind.place(point, n))
    const scale = kind.scale?.(n) ?? 1
    const [across, down] = [(scale * (box[2] - box[0])) / 2, (scale * (box[3] - box[1])) / 2]
    const side = 2 * Math.min(across, down)
    const [x, y] = kind.place([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2], n)
    const moved: Box = [x - across, y - down, x + across, y + down]
    const isInside = points.every(
      ([px, py]) => px > 4 && py > 4 && px < width - 4 && py < height - 4,
    )
    const isSeen = isInside && side >= smallest && (kind.inSight?.(moved, n) ?? true)
    return isSeen ? [{ face, points, box: moved }] : []
  })
}
