import { toCameraFrame } from '../camera/camera-frame.ts'
import { checkLength } from '../camera/check-length.ts'
import { type Anchor, type Pinhole, pinholeOf, toScreen } from '../camera/pinhole.ts'
import { vertexNormals } from '../light/vertex-normals.ts'
import { checkPixelImage, type PixelImage, sampleBilinear } from '../raster/pixel-image.ts'
import { createRasterTarget } from '../raster/raster-target.ts'
import { rasterize } from '../raster/rasterize.ts'
import { renderPixels } from '../raster/render-pixels.ts'
import { type VisiblePixels, visiblePixels } from '../raster/visible-pixels.ts'
import { type DepthTest, depthTest } from './depth-test.ts'
import { fillGaps, type WeightedLayer } from './fill-gaps.ts'

/** A face with the layout of its texture. */
export interface UnwrappedMesh {
  /** [vertices, 3] canonical frame, centimetres. */
  readonly positions: Float32Array
  /** [triangles, 3] vertex indices, counter-clockwise as seen from outside. */
  readonly triangles: Int32Array
  /** [vertices, 2] texture coordinates, origin at the top left, v down. */
  readonly uv: Float32Array
  /** [vertices] index of each vertex's mirror image. */
  readonly mirror: Int32Array
}

/** How the photo was taken, and how large the texture shall be. */
export interface BakeView {
  /** [7] P_cam. */
  readonly camera: ArrayLike<number>
  readonly anchor: Anchor
  /** Side of the texture, texels. Default 512. */
  readonly size?: number
}

/** Cosines of the angle to the viewer between which the photo fades in. */
const FADE = [0.1, 0.4] as const

/**
 * The texture of a face as a photo shows it, light included: an RGB picture laid out by `face.uv`.
 *
 * What the photo hides or shows edge-on is taken from the mirror image of the place, and what it
 * shows of neither from the surroundings.
 *
 * @throws InvalidArgumentError if the arrays do not fit one another.
 */
export function bakeTexture(image: PixelImage, face: UnwrappedMesh, view: BakeView): PixelImage {
  checkPixelImage('image.data', image)
  checkLength('face.uv', face.uv, (face.positions.length / 3) * 2)
  checkLength('face.mirror', face.mirror, face.positions.length / 3)
  const size = view.size ?? 512
  const layout = layoutOf(face, size)
  const seen = seenLayer(image, face, view, layout, size)
  const colors = fillGaps(mirrored(seen, face, layout))
  const data = Uint8ClampedArray.from(colors, (color) => color * 255)
  return { data, width: size, height: size, channels: 3 }
}

/** The mesh laid flat, in texels, and which triangle each texel is of. */
interface Layout {
  readonly screen: Float32Array
  readonly texels: VisiblePixels
}

function layoutOf({ uv, triangles }: UnwrappedMesh, size: number): Layout {
  const screen = new Float32Array((uv.length / 2) * 3).fill(1)
  for (let vertex = 0; vertex < uv.length / 2; vertex++) {
    screen[vertex * 3] = uv[vertex * 2]! * size
    screen[vertex * 3 + 1] = uv[vertex * 2 + 1]! * size
  }
  const flat = screen.map((value, i) => (i % 3 === 0 ? value : -value))
  const target = createRasterTarget(size, size)
  const pinhole: Pinhole = { focalLength: 1, principalX: 0, principalY: 0 }
  rasterize({ positions: flat, triangles }, pinhole, target, { cullBackFaces: false })
  return { screen, texels: visiblePixels(target, () => true) }
}

/** The photo at each texel, weighted by how well it is seen there. */
function seenLayer(
  image: PixelImage,
  { positions, triangles }: UnwrappedMesh,
  { camera, anchor }: BakeView,
  { screen, texels }: Layout,
  size: number,
): WeightedLayer {
  const inCamera = toCameraFrame(positions, camera)
  const pinhole = pinholeOf(camera, anchor)
  const isInFront: DepthTest = depthTest(inCamera, triangles, pinhole)
  const places = renderPixels({ screen, colors: inCamera, triangles }, texels)
  const normals = renderPixels(
    { screen, colors: vertexNormals(inCamera, triangles), triangles },
    texels,
  )
  const seenAt = toScreen(places, pinhole)
  const layer: WeightedLayer = { size, texels: new Float32Array(size * size * 4) }
  const color = new Float64Array(3)
  texels.pixels.forEach((texel, i) => {
    const [x, y, distance] = seenAt.subarray(i * 3, i * 3 + 3) as unknown as [
      number,
      number,
      number,
    ]
    const weight = fade(facing(places, normals, i * 3))
    const isInside = x >= 0 && x <= image.width && y >= 0 && y <= image.height
    if (weight === 0 || !isInside || !isInFront(x, y, distance)) return
    sampleBilinear(image, x, y, color)
    layer.texels.set(
      [color[0]! * weight, color[1]! * weight, color[2]! * weight, weight],
      texel * 4,
    )
  })
  return layer
}

/** The layer with what is missing of each texel taken from its mirror image. */
function mirrored(seen: WeightedLayer, face: UnwrappedMesh, layout: Layout): WeightedLayer {
  const { size } = seen
  const elsewhere = new Float32Array(layout.screen.length)
  face.mirror.forEach((partner, vertex) => {
    elsewhere.set(layout.screen.subarray(partner * 3, partner * 3 + 3), vertex * 3)
  })
  const mesh = { screen: layout.screen, colors: elsewhere, triangles: face.triangles }
  const places = renderPixels(mesh, layout.texels)
  const texels = seen.texels.slice()
  layout.texels.pixels.forEach((texel, i) => {
    const column = Math.min(size - 1, Math.max(0, Math.floor(places[i * 3]!)))
    const row = Math.min(size - 1, Math.max(0, Math.floor(places[i * 3 + 1]!)))
    const missing = 1 - seen.texels[texel * 4 + 3]!
    for (let c = 0; c < 4; c++) {
      texels[texel * 4 + c]! += missing * seen.texels[(row * size + column) * 4 + c]!
    }
  })
  return { size, texels }
}

/** Cosine of the angle between a normal and the way to the camera. */
function facing(places: Float32Array, normals: Float32Array, at: number): number {
  let dot = 0
  let normal = 0
  let way = 0
  for (let k = at; k < at + 3; k++) {
    dot -= places[k]! * normals[k]!
    normal += normals[k]! ** 2
    way += places[k]! ** 2
  }
  return dot / Math.sqrt(normal * way)
}

function fade(cosine: number): number {
  const [none, full] = FADE
  const t = Math.min(1, Math.max(0, (cosine - none) / (full - none)))
  return t * t * (3 - 2 * t)
}
