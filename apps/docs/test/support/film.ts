import { execFileSync } from 'node:child_process'
import { samplePhoto } from './sample-photo.ts'

const run = (program: string, args: readonly string[]) =>
  execFileSync(program, ['-v', 'error', ...args], { maxBuffer: 2 ** 26 })

/** Two faces that move to the side, with a tone: 320×240, 25 frames a second, VP8 and Opus. */
export function filmFaces(frames: number, file: string): void {
  const photo = ['-loop', '1', '-framerate', '25', '-i', samplePhoto(3)]
  const tone = ['-f', 'lavfi', '-i', `sine=440:d=${frames / 25}:sample_rate=48000`]
  const move = "scale=400:-1,crop=320:240:'n*2':20,format=yuv420p"
  const coded = ['-c:v', 'libvpx', '-crf', '10', '-b:v', '2M', '-c:a', 'libopus']
  run('ffmpeg', ['-y', ...photo, ...tone, '-vf', move, '-frames:v', `${frames}`, ...coded, file])
}

/** Times of a video's frames, in seconds. */
export function frameTimes(file: string): number[] {
  const show = ['-select_streams', 'v:0', '-show_entries', 'frame=pts_time', '-of', 'csv=p=0']
  return run('ffprobe', [...show, file])
    .toString()
    .trim()
    .split(/\s+/)
    .map(Number.parseFloat)
}

/** Checksums of a video's packets of sound. */
export function soundOf(file: string): string {
  const packets = ['-i', file, '-map', '0:a', '-c', 'copy', '-f', 'framehash', '-']
  const lines = run('ffmpeg', packets).toString().split('\n')
  return lines
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.split(',')[5])
    .join('\n')
}

/** A frame of a video as PNG. */
export function pictureOf(file: string, frame: number): Buffer {
  const picked = ['-i', file, '-vf', `select=eq(n\\,${frame})`, '-frames:v', '1']
  return run('ffmpeg', [...picked, '-f', 'image2pipe', '-c:v', 'png', '-'])
}
