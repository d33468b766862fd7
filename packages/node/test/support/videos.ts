import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { samplePhoto } from './pictures.ts'

const run = (program: string, args: readonly string[]) =>
  execFileSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28 })

/** Runs FFmpeg quietly. */
export function ffmpeg(...args: string[]): void {
  run('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', ...args])
}

/**
 * A photo with two faces that moves to the side before the camera, with a tone, 320 × 240 pixels.
 *
 * @param args how it is encoded, the path last
 */
export function filmPhoto(frames: number, ...args: string[]): void {
  const photo = ['-loop', '1', '-framerate', '25', '-i', samplePhoto(3)]
  const tone = ['-f', 'lavfi', '-i', `sine=440:d=${frames / 25}`]
  const move = "scale=400:-1,crop=320:240:'n*2':20,format=yuv420p"
  ffmpeg(...photo, ...tone, '-vf', move, '-frames:v', String(frames), '-c:a', 'aac', ...args)
}

/** What ffprobe says of the frames of a video: their times from the beginning, in seconds. */
export function frameTimes(file: string): number[] {
  const show = ['-select_streams', 'V:0', '-show_entries', 'frame=pts_time', '-of', 'json']
  const { frames } = JSON.parse(run('ffprobe', ['-v', 'error', ...show, file]))
  const times = frames.map((frame: { pts_time: string }) => Number(frame.pts_time))
  const start = Number(startOf(file))
  return times.map((time: number) => time - start)
}

/** How much later than its sound a video begins, in seconds. */
export function leadOfSound(file: string): number {
  const show = ['-show_entries', 'stream=codec_type,start_time', '-of', 'json']
  const { streams } = JSON.parse(run('ffprobe', ['-v', 'error', ...show, file]))
  const start = (type: string) =>
    Number(streams.find(({ codec_type }: { codec_type: string }) => codec_type === type).start_time)
  return start('video') - start('audio')
}

function startOf(file: string): string {
  return run('ffprobe', [
    '-v',
    'error',
    '-show_entries',
    'format=start_time',
    '-of',
    'csv=p=0',
    file,
  ])
}

/** The checksums of a video's packets of sound. */
export function soundOf(file: string): string {
  return run('ffmpeg', [
    '-v',
    'error',
    '-i',
    file,
    '-map',
    '0:a',
    '-c',
    'copy',
    '-f',
    'streamhash',
    '-',
  ])
}

/** Turns an MP4 by a quarter clockwise for players, as phones do: its samples stay. */
export function turnByQuarter(file: string, height: number): void {
  const bytes = readFileSync(file)
  const matrix = bytes.indexOf('tkhd') + 4 + 40
  const one = 0x10000
  const rows = [0, one, 0, -one, 0, 0, height * one, 0, 0x40000000]
  for (const [i, value] of rows.entries()) bytes.writeInt32BE(value, matrix + 4 * i)
  writeFileSync(file, bytes)
}
