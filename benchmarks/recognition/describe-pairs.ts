import { join } from 'node:path'
import type { Face, FaceDetector, PixelImage } from '@retinaface/core'
import { createRetinaFace, type NodeImageSource } from '@retinaface/node'
import {
  type Alignment,
  createRecognizer,
  type Embedding,
  type Recognizer,
} from '@retinaface/recognition/node'
import { COPIES } from './copies.ts'
import { keepVector, readVectors } from './vector-file.ts'

/** How a face is cut out: by which alignment, from the faces of which detector. */
export const CUTS = [
  'box of retinaface-500m',
  'points of retinaface-500m',
  'mesh of retinaface-500m',
  'points of mnet025',
  'box of mnet025',
  'mesh of mnet025',
] as const
const cutsOfCopies = CUTS.slice(0, 3)

/** A vector of each picture, by `<copy>: <cut>: <name>`; the pictures as they are have the copy `as it is`. */
export type Vectors = ReadonlyMap<string, Embedding>

type Networks = Record<string, FaceDetector<NodeImageSource>>

/**
 * Describes pictures in all ways, and harder copies of the second picture of each pair in some. Vectors
 * are kept in a file, so that a run that was ended goes on.
 */
export async function describePairs(
  images: string,
  pairs: readonly { readonly names: readonly [string, string] }[],
  file: string,
): Promise<Vectors> {
  const vectors = await readVectors(file)
  const networks: Networks = {
    'retinaface-500m': await createRetinaFace({ model: 'retinaface-500m', threads: 1 }),
    mnet025: await createRetinaFace({ model: 'mnet025', threads: 1 }),
  }
  const recognizer = await createRecognizer(networks.mnet025!, { threads: 1 })
  const seconds = new Set(pairs.map(({ names }) => names[1]))
  const all = new Set(pairs.flatMap(({ names }) => names))
  const keep = (key: string, vector: Embedding | undefined) =>
    keepVector(file, vectors, key, vector)
  for (const name of all) {
    const read = () => networks.mnet025!.readImage(join(images, `${name}.jpg`))
    const missing = CUTS.filter((cut) => !vectors.has(`as it is: ${cut}: ${name}`))
    if (missing.length === 0) continue
    const described = await describe(await read(), missing, networks, recognizer)
    for (const [cut, vector] of described) await keep(`as it is: ${cut}: ${name}`, vector)
  }
  for (const [copy, make] of Object.entries(COPIES)) {
    for (const name of seconds) {
      const missing = cutsOfCopies.filter((cut) => !vectors.has(`${copy}: ${cut}: ${name}`))
      if (missing.length === 0) continue
      const picture = await networks.mnet025!.readImage(join(images, `${name}.jpg`))
      const face = nearestToCentre(await networks['retinaface-500m']!.detect(picture), picture)
      const described = face
        ? await describe(make(picture, face.box), missing, networks, recognizer)
        : new Map<string, undefined>(missing.map((cut) => [cut, undefined]))
      for (const [cut, vector] of described) await keep(`${copy}: ${cut}: ${name}`, vector)
    }
  }
  await recognizer.dispose()
  for (const network of Object.values(networks)) await network.dispose()
  return new Map([...vectors].flatMap(([key, vector]) => (vector ? [[key, vector]] : [])))
}

async function describe(
  picture: PixelImage,
  cuts: readonly string[],
  networks: Networks,
  recognizer: Recognizer<NodeImageSource>,
): Promise<Map<string, Embedding | undefined>> {
  const described = new Map<string, Embedding | undefined>()
  for (const [model, network] of Object.entries(networks)) {
    const ofModel = cuts.filter((cut) => cut.endsWith(` of ${model}`))
    if (ofModel.length === 0) continue
    const mesh = ofModel.some((cut) => cut.startsWith('mesh'))
    const face = nearestToCentre(await network.detect(picture, mesh ? { mesh: true } : {}), picture)
    for (const cut of ofModel) {
      const alignment = cut.split(' ')[0] as Alignment
      described.set(cut, face && (await recognizer.embed(picture, face, { alignment })))
    }
  }
  return described
}

/** Whom a picture is of, as LFW's pictures were cut: others may stand beside. */
function nearestToCentre(faces: readonly Face[], { width, height }: PixelImage): Face | undefined {
  const distance = ({ box: [x1, y1, x2, y2] }: Face) =>
    Math.hypot(x1 + x2 - width, y1 + y2 - height)
  return [...faces].sort((a, b) => distance(a) - distance(b))[0]
}
