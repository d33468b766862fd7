import { pinholeOf } from '../../src/camera/pinhole.ts'
import { rotationVectorOfPose } from '../../src/camera/pose.ts'
import type { MeshDecoder } from '../../src/decoder/mesh-decoder.ts'
import { compositeOver } from '../../src/raster/composite-over.ts'
import type { PixelImage } from '../../src/raster/pixel-image.ts'
import { createRasterTarget } from '../../src/raster/raster-target.ts'
import { coloredMesh, renderFace } from '../../src/raster/render-face.ts'
import type { FaceParameters } from '../../src/refine/face-parameters.ts'
import { normalNumbers, randomNumbers } from './numbers.ts'

/** A picture of a random face whose parameters are known, and a guess some way off. */
export interface SyntheticScene {
  readonly image: PixelImage
  readonly anchor: { readonly centre: readonly [number, number]; readonly size: number }
  readonly truth: FaceParameters
  readonly start: FaceParameters
}

const SIZE = 128

/** Decodes, lights, projects and rasterises a random face, anti-aliased, over random stripes. */
export function syntheticScene(
  decoder: MeshDecoder,
  triangles: Int32Array,
  seed: number,
): SyntheticScene {
  const uniform = randomNumbers(seed)
  const normal = normalNumbers(uniform)
  const anchor = { centre: [62 + 4 * uniform(), 62 + 4 * uniform()] as const, size: 70 }
  const pose = { yaw: 15 * normal(), pitch: 8 * normal(), roll: 8 * normal() }
  const truth: FaceParameters = {
    latent: Float32Array.from({ length: decoder.latentSize }, normal),
    camera: Float32Array.of(normal(), normal(), -60, ...rotationVectorOfPose(pose), 3.6),
    light: Float32Array.of(25 * normal(), 25 * normal(), 50, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5),
  }
  const off = (size: number) => size * 1.7 * (2 * uniform() - 1)
  const start: FaceParameters = {
    latent: truth.latent.map((x) => 0.6 * x + off(0.3)),
    camera: truth.camera.map((x, i) => x + off([0.6, 0.6, 2, 0.08, 0.08, 0.08, 0.1][i]!)),
    light: truth.light.map((x, i) => x + off(i < 3 ? 8 : 0.05)),
  }
  return { image: picture(decoder, triangles, truth, anchor, uniform), anchor, truth, start }
}

function picture(
  decoder: MeshDecoder,
  triangles: Int32Array,
  { latent, camera, light }: FaceParameters,
  anchor: SyntheticScene['anchor'],
  uniform: () => number,
): PixelImage {
  const target = createRasterTarget(SIZE, SIZE, 3)
  const face = coloredMesh(decoder.decode(latent), triangles)
  renderFace(face, camera, light, pinholeOf(camera, anchor), target)
  const [fx, fy] = [uniform() * 0.3, uniform() * 0.3]
  const data = Uint8Array.from({ length: SIZE * SIZE * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3)
    return 128 + 90 * Math.sin((pixel % SIZE) * fx + Math.floor(pixel / SIZE) * fy + (i % 3))
  })
  const image: PixelImage = { data, width: SIZE, height: SIZE, channels: 3 }
  compositeOver(target, image)
  return image
}
