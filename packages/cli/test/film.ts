import { execFileSync } from 'node:child_process'
import { samplePhoto } from './sample-pictures.ts'

/**
 * A photo with two faces that moves to the side before the camera, with a tone, 25 frames a second.
 *
 * @param filter of FFmpeg, for every frame
 */
export function film(frames: number, file: string, filter = 'null'): void {
  const photo = ['-loop', '1', '-framerate', '25', '-i', samplePhoto(3)]
  const tone = ['-f', 'lavfi', '-i', `sine=440:d=${frames / 25}`]
  const move = `scale=400:-1,crop=320:240:'n*2':20,${filter},format=yuv420p`
  const count = ['-frames:v', String(frames)]
  execFileSync('ffmpeg', ['-v', 'error', ...photo, ...tone, '-vf', move, ...count, file])
}
