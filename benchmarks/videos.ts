// How many faces of videos are hidden: by the two passes of `followFaces` and `hideFacesInVideo`, and by
// looking at each frame alone. Videos are made from pictures whose faces are known, by moving, turning,
// enlarging, darkening and blurring them and by passing a bar before them, in several codecs.
//
//   pnpm --filter @retinaface/benchmarks videos FOLDER [--pictures 4] [--seconds 2] [--json]
//
// A face counts as hidden where its five points lie in the cover's ellipse. The output is looked at with a
// second detector, mnet025, which is for research only, and with the default network.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  type Box,
  coverTracks,
  createRetinaFace,
  DEFAULT_MARGIN,
  type FaceDetector,
  findFacesToHide,
  followFaces,
  hideFacesInVideo,
  intersectionOverUnion,
  type NodeImageSource,
  probeVideo,
  readFrames,
} from '@retinaface/node'
import sharp from 'sharp'
import {
  film,
  height,
  KINDS,
  type Kind,
  type Point,
  type Truth,
  truthsOf,
  width,
} from './pictures/moving-stills.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pictures: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
  },
})

// Of a cover: half of the diagonal of a face's box, and the default margin.
const reach = (Math.SQRT2 * (1 + DEFAULT_MARGIN)) / 2

const folder = mkdtempSync(join(tmpdir(), 'retinaface-videos-'))
const retinaface = await createRetinaFace()
const second = await createRetinaFace({ model: 'mnet025' })
const rows = []
const pictures = readdirSync(positionals[0] ?? '.', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.jpe?g$/i.test(name))
  .sort()
const step = Math.max(1, Math.floor(pictures.length / Number(values.pictures)))
const chosen = pictures.filter((_, i) => i % step === 0).slice(0, Number(values.pictures))
for (const [i, kind] of KINDS.entries()) {
  const picture = join(positionals[0] ?? '.', chosen[i % chosen.length]!)
  const row = await measure(kind, picture)
  rows.push(row)
  if (!values.json) console.log(row)
}
if (values.json) console.log(JSON.stringify(rows, undefined, 2))
await Promise.all([retinaface.dispose(), second.dispose()])
rmSync(folder, { recursive: true })

async function measure(kind: Kind, picture: string) {
  const still = join(folder, 'still.png')
  await sharp(picture)
    .resize(1.25 * width, 1.25 * height, { fit: 'contain', background: '#777' })
    .png()
    .toFile(still)
  const known = await retinaface.detect(still, { scoreThreshold: 0.8, inputSize: 'original' })
  const [input, output] = ['in', 'out'].map((name) => join(folder, `${name}.${kind.ending}`))
  const frames = Math.round(Number(values.seconds) * kind.framesPerSecond)
  film(kind, still, frames, input!)
  let started = performance.now()
  const followed = await followFaces(retinaface, input!)
  await hideFacesInVideo(followed, output!)
  const seconds = (performance.now() - started) / 1000
  const covers = coverTracks(followed.tracks, followed.times)
  const truths = followed.times.map((_, n) => truthsOf(kind, known, n))
  started = performance.now()
  const [alone, looked] = await hiddenAlone(input!, truths)
  const aloneSeconds = (performance.now() - started) / 1000
  return {
    kind: kind.name,
    frames: followed.times.length,
    faces: truths.flat().length,
    framesHidden: share(truths, covers),
    framesHiddenAlone: share(
      looked.map((n) => truths[n]!),
      alone,
    ),
    ownFinds: await foundAgain(retinaface, output!, truths),
    secondFinds: await foundAgain(second, output!, truths),
    secondsAFrame: round(seconds / followed.times.length),
    secondsAFrameAlone: round(aloneSeconds / looked.length),
    ...(await kept(input!, output!)),
  }
}

/** The share of frames with faces in which every face is hidden. */
function share(truths: readonly (readonly Truth[])[], covers: readonly (readonly Box[])[]): number {
  const withFaces = truths.flatMap((faces, i) => (faces.length > 0 ? [i] : []))
  const hidden = withFaces.filter((i) =>
    truths[i]!.every(({ points }) =>
      covers[i]!.some((box) => points.every((point) => lies(point, box))),
    ),
  )
  return round(hidden.length / withFaces.length)
}

function lies([x, y]: Point, [x1, y1, x2, y2]: Box): boolean {
  const across = (x - (x1 + x2) / 2) / ((x2 - x1) * reach)
  const down = (y - (y1 + y2) / 2) / ((y2 - y1) * reach)
  return across ** 2 + down ** 2 <= 1
}

/** Covers by looking at each fifth frame alone, as at a picture that is to be hidden. */
async function hiddenAlone(file: string, truths: readonly unknown[]): Promise<[Box[][], number[]]> {
  const covers: Box[][] = []
  const looked: number[] = []
  let n = 0
  for await (const { image } of readFrames(file, await probeVideo(file))) {
    if (n % 5 === 0 && n < truths.length) {
      covers.push((await findFacesToHide(retinaface, image)).map(({ box }) => box))
      looked.push(n)
    }
    n += 1
  }
  return [covers, looked]
}

/** How many known faces a detector finds in each third frame of the output, of how many. */
async function foundAgain(
  detector: FaceDetector<NodeImageSource>,
  file: string,
  truths: readonly (readonly Truth[])[],
): Promise<string> {
  let [n, found, all] = [0, 0, 0]
  for await (const { image } of readFrames(file, await probeVideo(file))) {
    const faces = n % 3 === 0 ? (truths[n] ?? []) : []
    const seen = faces.length > 0 ? await detector.detect(image) : []
    all += faces.length
    found += faces.filter(({ box }) =>
      seen.some((face) => intersectionOverUnion(face.box, 0, box, 0) > 0.4),
    ).length
    n += 1
  }
  return `${found} of ${all}`
}

/** Whether number of frames, sound and duration are the input's. */
async function kept(input: string, output: string) {
  const [before, after] = [input, output].map((file) => {
    const show = 'stream=codec_type,nb_read_packets'
    const args = ['-v', 'error', '-count_packets', '-show_entries', show, '-of', 'csv=p=0', file]
    return execFileSync('ffprobe', args, { encoding: 'utf8' })
  })
  const durations = await Promise.all([input, output].map((file) => probeVideo(file)))
  const [was, is] = durations.map(({ duration }) => duration ?? 0)
  return { framesAndSoundKept: before === after, durationDiffers: round(Math.abs(was! - is!)) }
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
