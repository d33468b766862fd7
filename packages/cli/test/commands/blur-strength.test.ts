import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type Box,
  cropImage,
  findFacesToHide,
  HIDE_STYLES,
  hideFaces,
  type PixelImage,
  resizeImage,
} from '@retinaface/core'
import { createRetinaFace } from '@retinaface/node'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadPeer, type Peer } from '../peer.ts'
import { samplePhoto } from '../sample-pictures.ts'

const slow = 300_000
const pairs = fileURLToPath(new URL('../../../../../shared/data/lfw-pairs/', import.meta.url))

let retinaface: Awaited<ReturnType<typeof createRetinaFace>>
let peer: Peer

beforeAll(async () => {
  retinaface = await createRetinaFace()
  peer = await loadPeer()
}, slow)

afterAll(() => retinaface.dispose())

describe('hidden faces', () => {
  test('are found neither by our detector at 0.3 nor by another', { timeout: slow }, async () => {
    const photo = shrink(await retinaface.readImage(samplePhoto(6)), 640)
    const faces = await findFacesToHide(retinaface, photo)
    expect(faces).toHaveLength(4)
    expect((await peer.findFaces(photo)).length).toBeGreaterThan(2)
    for (const style of HIDE_STYLES) {
      const hidden = hideFaces(photo, faces, { style })
      expect(await retinaface.detect(hidden, { scoreThreshold: 0.3 }), style).toEqual([])
      // The look of another takes seconds: at the style that is the default.
      if (style === HIDE_STYLES[0]) expect(await peer.findFaces(hidden)).toEqual([])
    }
  })

  test('faces that stand on their heads are hidden too', { timeout: slow }, async () => {
    const turned = await sharp(samplePhoto(6)).resize(640).rotate(180).png().toBuffer()
    const photo = await retinaface.readImage(turned)
    const faces = await findFacesToHide(retinaface, photo)
    expect(faces).toHaveLength(4)
    const { data, width, height, channels } = hideFaces(photo, faces)
    const hidden = sharp(data, { raw: { width, height, channels } }).rotate(180)
    const upright = await hidden.png().toBuffer()
    expect(await retinaface.detect(upright, { scoreThreshold: 0.3 })).toEqual([])
  })

  test.skipIf(!existsSync(pairs))(
    'are no nearer to who they were than to others for a recogniser (LFW of shared/)',
    { timeout: slow },
    async () => {
      const people = firstPeople(3)
      const originals: Float32Array[] = []
      const again: Float32Array[] = []
      const covered: Float32Array[] = []
      for (const [name, sameName] of people) {
        const photo = await retinaface.readImage(join(pairs, 'images', name))
        const [face] = await retinaface.detect(photo)
        originals.push(await peer.describeFace(cropOf(photo, face!.box)))
        const hidden = hideFaces(photo, await findFacesToHide(retinaface, photo))
        covered.push(await peer.describeFace(cropOf(hidden, face!.box)))
        const other = await retinaface.readImage(join(pairs, 'images', sameName))
        const [sameFace] = await retinaface.detect(other)
        again.push(await peer.describeFace(cropOf(other, sameFace!.box)))
      }
      expect(nearestRight(again, originals)).toBe(people.length)
      expect(nearestRight(covered, originals)).toBeLessThan(people.length / 2)
      for (const [i, one] of covered.entries())
        expect(apart(one, originals[i]!)).toBeGreaterThan(0.6)
    },
  )
})

function shrink(image: PixelImage, width: number): PixelImage {
  return resizeImage(image, width, Math.round((image.height * width) / image.width))
}

/** Two pictures each of people, of whom no two are the same. */
function firstPeople(count: number): (readonly [string, string])[] {
  const rows = readFileSync(join(pairs, 'pairs.csv'), 'utf8').trim().split('\n').slice(1)
  const found = new Map<string, readonly [string, string]>()
  for (const row of rows) {
    const [a = '', b = '', same] = row.split(',')
    const person = a.replace(/_\d+\.jpg$/, '')
    if (same === '1' && !found.has(person)) found.set(person, [a, b])
  }
  return [...found.values()].slice(0, count)
}

/** The square around a face, 150×150, as the recogniser wants it. */
function cropOf(image: PixelImage, [x1, y1, x2, y2]: Box): PixelImage {
  const side = Math.round(Math.max(x2 - x1, y2 - y1))
  const x = Math.max(0, Math.round((x1 + x2 - side) / 2))
  const y = Math.max(0, Math.round((y1 + y2 - side) / 2))
  const width = Math.min(side, image.width - x)
  const height = Math.min(side, image.height - y)
  return resizeImage(cropImage(image, { x, y, width, height }), 150, 150)
}

/** How many of the first lie nearest to the one of the second that has the same place. */
function nearestRight(some: readonly Float32Array[], others: readonly Float32Array[]): number {
  return some.filter((one, i) => {
    const distances = others.map((other) => apart(one, other))
    return distances.indexOf(Math.min(...distances)) === i
  }).length
}

function apart(a: Float32Array, b: Float32Array): number {
  return Math.hypot(...a.map((value, i) => value - b[i]!))
}
