// What hiding the faces of a video costs, in turns with a loop over its single frames that looks at each as
// at a picture: processor time of this process and of FFmpeg's, for each frame.
//
//   pnpm --filter @retinaface/benchmarks video-cost VIDEO... [--turns 3] [--share 5] [--json]
//
// The loop looks at each n-th frame only (`--share`), and is counted as if it had looked at all; it reads,
// covers and encodes them all. Linux only, which tells of the time of processes that have ended.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  createRetinaFace,
  findFacesToHide,
  followFaces,
  hideFaces,
  hideFacesInVideo,
  probeVideo,
  readFrames,
} from '@retinaface/node'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    turns: { type: 'string', default: '3' },
    share: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
})

const share = Number(values.share)
const folder = mkdtempSync(join(tmpdir(), 'retinaface-cost-'))
const output = join(folder, 'output.mp4')
const retinaface = await createRetinaFace()
const rows = []
for (const file of positionals) {
  const turns = []
  for (let turn = 0; turn < Number(values.turns); turn++) {
    const passes = await twoPasses(file)
    const alone = await loop(file)
    turns.push({ ...passes, loop: alone, ratio: round((passes.follow + passes.hide) / alone) })
  }
  const sorted = turns.map(({ ratio }) => ratio).sort((a, b) => a - b)
  const row = { file, ratio: sorted[sorted.length >> 1], from: sorted[0], to: sorted.at(-1), turns }
  rows.push(row)
  if (!values.json) console.dir(row, { depth: 3 })
}
if (values.json) console.log(JSON.stringify(rows, undefined, 2))
await retinaface.dispose()
rmSync(folder, { recursive: true })

/** Milliseconds of processor time a frame. */
async function twoPasses(file: string): Promise<{ follow: number; hide: number }> {
  const start = processorTime()
  const followed = await followFaces(retinaface, file)
  const middle = processorTime()
  await hideFacesInVideo(followed, output)
  const frames = followed.times.length
  return {
    follow: round((middle - start) / frames),
    hide: round((processorTime() - middle) / frames),
  }
}

async function loop(file: string): Promise<number> {
  const info = await probeVideo(file)
  const start = processorTime()
  const encoder = spawn('ffmpeg', [
    ...['-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'rgb24'],
    ...['-s', `${info.width}x${info.height}`, '-r', String(info.frameRate), '-i', '-'],
    ...['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', output],
  ])
  let frames = 0
  let looking = 0
  let faces: Awaited<ReturnType<typeof findFacesToHide>> = []
  for await (const { image } of readFrames(file, info)) {
    if (frames % share === 0) {
      const before = processorTime()
      faces = await findFacesToHide(retinaface, image)
      looking += processorTime() - before
    }
    frames += 1
    const { data } = hideFaces(image, faces)
    if (!encoder.stdin.write(data)) await once(encoder.stdin, 'drain')
  }
  encoder.stdin.end()
  await once(encoder, 'close')
  const looked = Math.ceil(frames / share)
  return round((processorTime() - start + looking * (frames / looked - 1)) / frames)
}

/** Of this process and of those it started that have ended, in milliseconds. */
function processorTime(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]!.split(' ')
  const ticks = fields.slice(11, 15).reduce((sum, value) => sum + Number(value), 0)
  return ticks * 10
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
