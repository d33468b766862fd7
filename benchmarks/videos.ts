// How many faces of videos are hidden: by the two passes of `followFaces` and `hideFacesInVideo`, and by
// looking at each frame alone. Videos are made from pictures whose faces are known, by moving, turning,
// enlarging, darkening and blurring them and by passing a bar before them, in several codecs.
//
//   pnpm --filter @retinaface/benchmarks videos FOLDER [--pictures 4] [--seconds 2] [--share 5] [--json]
//
// A face counts as hidden where its five points lie in the cover's ellipse. Each n-th frame (`--share`) is
// looked at alone, and by a detector of others, face-api's SSD, before and after: what it finds in the input
// and again at the same place in the output was not hidden from it. `npm run bench` installs it.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  type Box,
  coverTracks,
  createRetinaFace,
  findFacesToHide,
  followFaces,
  hideFacesInVideo,
  intersectionOverUnion,
  type PixelImage,
  probeVideo,
  readFrames,
} from '@retinaface/node'
import sharp from 'sharp'
import { countHidden } from './measure/hidden-frames.ts'
import { openSsd } from './peers/ssd-faces.ts'
import { film, height, KINDS, type Kind, truthsOf, width } from './pictures/moving-stills.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pictures: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '2' },
    share: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
})

const smallest = 20
const share = Number(values.share)
const folder = mkdtempSync(join(tmpdir(), 'retinaface-videos-'))
const retinaface = await createRetinaFace()
const peer = await openSsd()
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
await retinaface.dispose()
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
  const followed = await followFaces(retinaface, input!)
  await hideFacesInVideo(followed, output!)
  const truths = followed.times.map((_, n) => truthsOf(kind, known, n))
  const alone: Box[][] = []
  const before: Box[][] = []
  for await (const image of sharedFrames(input!)) {
    alone.push((await findFacesToHide(retinaface, image)).map(({ box }) => box))
    before.push((await peer(image)).map(({ box }) => box))
  }
  const [own, others] = await foundAgain(output!, truths, before)
  return {
    kind: kind.name,
    picture,
    frames: followed.times.length,
    followed: countHidden(truths, coverTracks(followed.tracks, followed.times)),
    alone: countHidden(
      truths.filter((_, n) => n % share === 0),
      alone,
    ),
    ownFinds: own,
    peerFinds: others,
    ...(await kept(input!, output!)),
  }
}

/** Each n-th frame of a video. */
async function* sharedFrames(file: string): AsyncGenerator<PixelImage, void, undefined> {
  const info = await probeVideo(file)
  for await (const { image } of readFrames(file, info, { every: share })) yield image
}

/**
 * Faces that are found again at the same place of the output, of how many: known ones by the default network,
 * and those of the peer by itself.
 */
async function foundAgain(
  file: string,
  truths: readonly (readonly { readonly box: Box }[])[],
  before: readonly (readonly Box[])[],
): Promise<[own: string, peer: string]> {
  const own = { found: 0, all: 0 }
  const others = { found: 0, all: 0 }
  let i = 0
  for await (const image of sharedFrames(file)) {
    const known = (truths[i * share] ?? []).map(({ box }) => box)
    count(own, known, await retinaface.detect(image))
    const large = before[i++]!.filter(([x1, y1, x2, y2]) => Math.min(x2 - x1, y2 - y1) >= smallest)
    count(others, large, await peer(image))
  }
  return [`${own.found} of ${own.all}`, `${others.found} of ${others.all}`]
}

function count(
  sum: { found: number; all: number },
  known: readonly Box[],
  seen: readonly { readonly box: Box }[],
): void {
  sum.all += known.length
  sum.found += known.filter((box) =>
    seen.some((face) => intersectionOverUnion(face.box, 0, box, 0) > 0.4),
  ).length
}

/** Whether number of frames, sound and duration are the input's. */
async function kept(input: string, output: string) {
  const [before, after] = [input, output].map((file) => {
    const show = 'stream=codec_type,nb_read_packets'
    const args = ['-v', 'error', '-count_packets', '-show_entries', show, '-of', 'csv=p=0', file]
    // Of frames that are turned by metadata it prints an empty part more.
    return execFileSync('ffprobe', args, { encoding: 'utf8' }).replaceAll(/,?\n+/g, '\n')
  })
  const durations = await Promise.all([input, output].map((file) => probeVideo(file)))
  const [was, is] = durations.map(({ duration }) => duration ?? 0)
  return {
    framesAndSoundKept: before === after,
    durationDiffers: Math.round(Math.abs(was! - is!) * 1e4) / 1e4,
  }
}
