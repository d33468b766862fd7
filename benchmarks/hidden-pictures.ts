// What detectors still find in pictures of WIDER FACE after `blur` with its defaults, and which of the
// annotated faces it does not cover.
//
//   pnpm --filter @retinaface/benchmarks hidden-pictures IMAGES GROUND_TRUTH [--pictures 300] [--keep FOLDER]
//
// `--keep` writes the outputs, to be looked at. The other detector is face-api's SSD, which `npm run bench`
// installs.

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readWiderGroundTruth } from '@retinaface/evaluation'
import {
  createRetinaFace,
  findFacesToHide,
  hideFaces,
  intersectionOverUnion,
  type PixelImage,
} from '@retinaface/node'
import { encodePicture, toSharp } from '@retinaface/node/results'
import { isCovered } from './measure/hidden-boxes.ts'
import { openSsd } from './peers/ssd-faces.ts'
import type { Box } from './pictures/known-faces.ts'
import type { FoundFace } from './protocol/contender.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pictures: { type: 'string', default: '300' }, keep: { type: 'string' } },
})
const [images, groundTruth] = positionals
if (!images || !groundTruth)
  throw new Error('Expected the folders of the pictures and of the .mat files.')

const score = 0.3
// The command's own.
const quality = 92
// Longer sides of annotated faces, in pixels of the picture.
const sizes = [0, 8, 12, 16, 24, 48, Number.POSITIVE_INFINITY]

const retinaface = await createRetinaFace()
const ssd = await openSsd(score)
const detectors: Readonly<Record<string, (image: PixelImage) => Promise<readonly FoundFace[]>>> = {
  'retinaface-500m, as `detect` looks': (image) =>
    retinaface.detect(image, { scoreThreshold: score }),
  'face-api, SSD': ssd,
}
const found = Object.keys(detectors).map((name) => ({ name, before: 0, after: 0, again: 0, in: 0 }))
const known = sizes.slice(1).map((to, i) => ({ from: sizes[i]!, to, faces: 0, covered: 0 }))
const pictures = (await readWiderGroundTruth(groundTruth)).toSorted((a, b) =>
  a.name < b.name ? -1 : 1,
)
let [done, covers, without] = [0, 0, 0]
if (values.keep) await mkdir(values.keep, { recursive: true })
for (const { name, boxes } of pictures) {
  if (done === Number(values.pictures)) break
  const image = await retinaface.readImage(join(images, `${name}.jpg`)).catch(() => undefined)
  if (!image) continue
  done += 1
  const faces = await findFacesToHide(retinaface, image)
  covers += faces.length
  if (faces.length === 0) without += 1
  const encoded = await encodePicture(toSharp(hideFaces(image, faces)), 'jpeg', { quality })
  if (values.keep) await writeFile(join(values.keep, `${name}.jpg`), encoded)
  const hidden = await retinaface.readImage(encoded)
  for (const [i, detect] of Object.values(detectors).entries()) {
    const [before, after] = [await detect(image), await detect(hidden)]
    const again = after.filter(({ box }) => before.some((one) => isSame(one.box, box))).length
    const row = found[i]!
    row.before += before.length
    row.after += after.length
    row.again += again
    if (after.length > 0) row.in += 1
    for (const one of after)
      console.error(name, row.name, one.score.toFixed(2), one.box.map(Math.round))
  }
  for (let i = 0; i < boxes.length; i += 4) {
    const [x, y, width, height] = [...boxes.subarray(i, i + 4)] as [number, number, number, number]
    const row = known.find(({ to }) => Math.max(width, height) < to)!
    row.faces += 1
    if (faces.some((face) => isCovered([x, y, x + width, y + height], face.box))) row.covered += 1
  }
}
await retinaface.dispose()

console.log(
  `${done} pictures, ${covers} covers; ${without} pictures without one. Found at ${score}:`,
)
console.log(
  '| detector | before | after | of these, where it found a face before | pictures with one |',
)
console.log('|---|---:|---:|---:|---:|')
for (const { name, before, after, again, in: where } of found) {
  console.log(`| ${name} | ${before} | ${after} | ${again} | ${where} |`)
}
console.log('\n| annotated faces, longer side in pixels | faces | covered |\n|---|---:|---:|')
for (const { from, to, faces, covered } of known) {
  console.log(
    `| ${from} to ${to} | ${faces} | ${covered} (${((100 * covered) / faces).toFixed(1)} %) |`,
  )
}

function isSame(a: Box, b: Box): boolean {
  return intersectionOverUnion(a, 0, b, 0) > 0.3
}
