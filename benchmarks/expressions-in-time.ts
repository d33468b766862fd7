import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import {
  type Box,
  cropImage,
  type Face,
  FaceTracker,
  type PixelImage,
  type Region,
} from '@retinaface/core'
import {
  compositeOver,
  createRasterTarget,
  pinholeOf,
  rasterize,
  toCameraFrame,
  withExpression,
  withoutExpression,
} from '@retinaface/mesh-decoder'
import { createRetinaFace } from '@retinaface/node'
import {
  hasMesh,
  type PosedFace,
  readExpressionTargets,
  readFaceTopology,
} from '@retinaface/node/results'

/**
 * How coefficients follow a mouth that opens and closes: the faces of photos, drawn with their own skin and a
 * morph target between 0 and 1, with noise as a camera's, 30 pictures a second. Prints the lag of the smoothed
 * coefficient behind what it is without smoothing and without noise, and its jitter while the mouth rests, as a
 * share of its range.
 *
 * npx --yes pnpm@10.34.8 --filter @retinaface/benchmarks expressions-in-time
 */
const rate = 30
const moving = 60
const resting = 45
const noise = 4

const demo = join(
  dirname(createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json')),
  'demo',
)
const retinaface = await createRetinaFace({ threads: 1 })
const targets = await readExpressionTargets(await readFaceTopology())
let seed = 1

for (const number of [1, 2, 3, 5, 6]) {
  const photo = await retinaface.readImage(join(demo, `sample${number}.jpg`))
  const found = await retinaface.detect(photo, { maxFaces: 1 })
  for (const { box } of found) {
    const cut = cropImage(photo, regionAround(box, photo))
    const [face] = await retinaface.detect(cut, { mesh: true, expressions: true, maxFaces: 1 })
    if (face && hasMesh(face)) await follow(number, cut, face)
  }
}
await retinaface.dispose()

async function follow(number: number, photo: PixelImage, face: PosedFace): Promise<void> {
  // Closed, open and closed again within a second, twice; then at rest.
  const opened = Array.from({ length: moving + resting }, (_, i) => {
    return i < moving ? Math.sin((Math.PI * i) / rate) ** 2 : 0
  })
  const plain: number[] = []
  const noisy: number[] = []
  const smoothed: number[] = []
  const tracker = new FaceTracker()
  for (const [i, jawOpen] of opened.entries()) {
    const picture = withMouth(photo, face, jawOpen)
    plain.push((await read(picture)).expressions!.jawOpen)
    const seen = await read(addNoise(picture))
    noisy.push(seen.expressions!.jawOpen)
    smoothed.push(tracker.update([seen], i / rate)[0]!.expressions!.jawOpen)
  }
  const range = Math.max(...plain) - Math.min(...plain)
  const size = Math.round(face.box[3] - face.box[1])
  const lag = 1000 * lagOf(smoothed.slice(0, moving), plain.slice(0, moving))
  const jitter = deviation(smoothed.slice(moving + 15)) / range
  const jitterBefore = deviation(noisy.slice(moving + 15)) / range
  const peak = (Math.max(...smoothed) - Math.min(...smoothed)) / range
  console.log(
    `sample ${number}, face of ${size} px: jawOpen spans ${range.toFixed(2)}, lag ${lag.toFixed(0)} ms, jitter ${jitter.toFixed(3)} of the range (${jitterBefore.toFixed(3)} unsmoothed), ${peak.toFixed(2)} of the range is shown`,
  )
}

/** A square about a box, half as much again to each side. */
function regionAround([x1, y1, x2, y2]: Box, { width, height }: PixelImage): Region {
  const reach = Math.max(x2 - x1, y2 - y1)
  const x = Math.max(0, Math.round((x1 + x2) / 2 - reach))
  const y = Math.max(0, Math.round((y1 + y2) / 2 - reach))
  const side = Math.round(2 * reach)
  return { x, y, width: Math.min(side, width - x), height: Math.min(side, height - y) }
}

/** The best face of a picture. */
async function read(picture: PixelImage): Promise<Face> {
  const [face] = await retinaface.detect(picture, { expressions: true, maxFaces: 1 })
  if (!face?.expressions) throw new Error('A face was not found again.')
  return face
}

/** The face of a photo with its mouth opened. */
function withMouth(photo: PixelImage, face: PosedFace, jawOpen: number): PixelImage {
  const { mesh, camera, anchor } = face
  const { width, height, channels, rowStride = width * channels } = photo
  const picture = { ...photo, data: Uint8Array.from(photo.data), rowStride }
  const weights = face.expressions ?? {}
  const neutral = withoutExpression(mesh.canonical, { targets, weights })
  const moved = withExpression(neutral, { targets, weights: { ...weights, jawOpen } })
  const target = createRasterTarget(width, height, 1)
  const uv = Float32Array.from({ length: (mesh.positions.length / 3) * 2 }, (_, i) => {
    const at = 3 * Math.floor(i / 2) + (i % 2)
    return mesh.positions[at]! / (i % 2 === 0 ? width : height)
  })
  rasterize(
    {
      positions: toCameraFrame(moved, camera),
      triangles: mesh.triangles,
      texture: { uv, image: photo },
    },
    pinholeOf(camera, anchor),
    target,
  )
  compositeOver(target, picture)
  return picture
}

function addNoise(picture: PixelImage): PixelImage {
  const data = Uint8Array.from(picture.data)
  for (let i = 0; i < data.length; i++) {
    const value = data[i]! + noise * (random() + random() + random() - 1.5) * 2
    data[i] = Math.max(0, Math.min(255, Math.round(value)))
  }
  return { ...picture, data }
}

/** Seconds by which `late` has to be moved forwards to lie best over `early`. */
function lagOf(late: readonly number[], early: readonly number[]): number {
  const at = (values: readonly number[], frame: number) => {
    const from = Math.max(0, Math.min(values.length - 2, Math.floor(frame)))
    const share = Math.max(0, Math.min(1, frame - from))
    return values[from]! * (1 - share) + values[from + 1]! * share
  }
  const misfit = (lag: number) =>
    late.reduce((sum, value, i) => sum + (value - at(early, i - lag * rate)) ** 2, 0)
  const lags = Array.from({ length: 60 }, (_, i) => i / 200)
  return lags.reduce((best, lag) => (misfit(lag) < misfit(best) ? lag : best))
}

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

/** 0..1, the same in every run. */
function random(): number {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
  return seed / 0x7fffffff
}
