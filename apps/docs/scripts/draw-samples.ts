// Draws the small copies of the sample pictures for buttons, and public/samples/crowd.jpg: many faces that the mesh decoder makes up, in place of a photograph
// with many people, all of whom would have to agree.
import { mkdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import {
  coloredMesh,
  compositeOver,
  createMeshDecoder,
  createRasterTarget,
  type Pose,
  readMeshTopology,
  renderFace,
  rotationVectorOfPose,
} from '@retinaface/mesh-decoder'
import { faceTopology, meshDecoder } from '@retinaface/models'
import sharp from 'sharp'

/** A face to draw: where its head's middle is and how many pixels a centimetre has. */
interface Placed {
  readonly x: number
  readonly y: number
  readonly scale: number
  readonly pose: Pose
}

const folder = new URL('../public/samples/', import.meta.url)
const topology = new Uint8Array(readFileSync(faceTopology.url))
const weights = new Uint8Array(readFileSync(meshDecoder.url))
const decoder = createMeshDecoder({ topology, weights })
const triangles = readMeshTopology(topology).levels.at(-1)!.triangles

/** Reproducible numbers: uniform in 0..1, and of a unit normal distribution. */
function dice(seed: number): { uniform: () => number; normal: () => number } {
  let state = seed
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state + 0.5) / 2 ** 32
  }
  const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
  return { uniform, normal }
}

async function draw(
  name: string,
  [width, height]: readonly [number, number],
  seed: number,
  faces: (uniform: () => number) => Placed[],
): Promise<void> {
  const { uniform, normal } = dice(seed)
  const picture = backdrop(width, height)
  for (const { x, y, scale, pose } of faces(uniform)) {
    // The first 32 numbers are shape, the others reflectance.
    const latent = Float32Array.from(
      { length: decoder.latentSize },
      (_, k) => (k < 32 ? 0.8 : 0.5) * normal(),
    )
    const distance = 60
    const camera = [0, 0, -distance, ...rotationVectorOfPose(pose), 1]
    const light = [20, 25, 60, 0.5, 0.48, 0.45, 0.52, 0.53, 0.56]
    const pinhole = { focalLength: scale * distance, principalX: x, principalY: y }
    const target = createRasterTarget(width, height, 2)
    renderFace(coloredMesh(decoder.decode(latent), triangles), camera, light, pinhole, target)
    compositeOver(target, picture)
  }
  await sharp(picture.data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 84, mozjpeg: true })
    .toFile(fileURLToPath(new URL(`${name}.jpg`, folder)))
}

/** A wall that is lighter at the top left. */
function backdrop(width: number, height: number) {
  const data = new Uint8Array(width * height * 3)
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const shade = 1 - 0.45 * Math.hypot(x / width - 0.3, y / height - 0.2)
      data.set([188 * shade, 205 * shade, 214 * shade], at)
    }
  }
  return { data, width, height, channels: 3 as const }
}

function someWay(uniform: () => number): Pose {
  const about = (range: number) => (uniform() - 0.5) * 2 * range
  return { yaw: about(35), pitch: about(10), roll: about(12) }
}

/** Rows of faces, the near ones large and low. */
function crowd(uniform: () => number): Placed[] {
  return [19, 14, 10, 7, 5].flatMap((count, row) =>
    Array.from({ length: count }, (_, i) => ({
      x: ((i + 0.5 + (uniform() - 0.5) * 0.3) / count) * 1280,
      y: [48, 140, 268, 440, 690][row]! + (uniform() - 0.5) * 16,
      scale: [2.1, 3.2, 4.9, 7.4, 11.5][row]!,
      pose: someWay(uniform),
    })),
  )
}

mkdirSync(folder, { recursive: true })
await draw('crowd', [1280, 840], 5, crowd)
for (const name of ['portrait', 'officer', 'crowd']) {
  await sharp(fileURLToPath(new URL(`${name}.jpg`, folder)))
    .resize(132, 88, { position: 'top' })
    .jpeg({ quality: 80, mozjpeg: true })
    .toFile(fileURLToPath(new URL(`${name}-small.jpg`, folder)))
}
