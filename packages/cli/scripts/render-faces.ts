// Renders docs/images/faces.png, the README's picture: random latents decoded, posed, lit and drawn by the software
// rasteriser. From the root, after the models are built:
//   node --conditions=@retinaface/source --import tsx packages/cli/scripts/render-faces.ts
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import {
  coloredMesh,
  compositeOver,
  createMeshDecoder,
  createRasterTarget,
  readMeshTopology,
  renderFace,
  rotationVectorOfPose,
} from '@retinaface/mesh-decoder'
import { faceTopology, meshDecoder } from '@retinaface/models'
import sharp from 'sharp'

const [width, height, columns, rows] = [1280, 560, 6, 2]
const poses = [-35, -20, -8, 8, 20, 35]

/** Reproducible numbers of a unit normal distribution. */
function normals(seed: number): () => number {
  let state = seed
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state + 0.5) / 2 ** 32
  }
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
}

const topology = new Uint8Array(await readFile(faceTopology.url))
const decoder = createMeshDecoder({
  topology,
  weights: new Uint8Array(await readFile(meshDecoder.url)),
})
const triangles = readMeshTopology(topology).levels.at(-1)!.triangles
const target = createRasterTarget(width, height, 3)
const normal = normals(11)
const light = [12, 25, 60, 0.45, 0.45, 0.45, 0.58, 0.58, 0.58]
for (let i = 0; i < columns * rows; i++) {
  // The first 32 numbers are shape, the others reflectance.
  const latent = Float32Array.from(
    { length: decoder.latentSize },
    (_, k) => (k < 32 ? 0.8 : 0.5) * normal(),
  )
  const pose = { yaw: poses[i % columns]!, pitch: i < columns ? 4 : -6, roll: i % 2 ? 5 : -5 }
  const camera = [0, 0, -60, ...rotationVectorOfPose(pose), 1]
  const pinhole = {
    focalLength: 700,
    principalX: ((i % columns) + 0.5) * (width / columns),
    principalY: (Math.floor(i / columns) + 0.49) * (height / rows),
  }
  renderFace(coloredMesh(decoder.decode(latent), triangles), camera, light, pinhole, target)
}
const picture = {
  data: new Uint8Array(width * height * 4).fill(255),
  width,
  height,
  channels: 4 as const,
}
for (let i = 0; i < picture.data.length; i += 4) picture.data.set([236, 239, 243, 255], i)
compositeOver(target, picture)
await sharp(picture.data, { raw: { width, height, channels: 4 } })
  .removeAlpha()
  .png({ compressionLevel: 9, palette: true, quality: 90 })
  .toFile(fileURLToPath(new URL('../../../docs/images/faces.png', import.meta.url)))
