import type { PixelImage } from '@retinaface/core'
import {
  compositeOver,
  createRasterTarget,
  cropPinhole,
  type Pinhole,
  pinholeOf,
  type RasterTarget,
  rasterize,
  renderFace,
  toCameraFrame,
} from '@retinaface/mesh-decoder'
import { borderFade } from './border-fade.ts'
import type { PosedFace } from './posed-face.ts'

/** The largest number of samples along each side of a drawing; bounds memory. */
const mostSamples = 2400
/** Centimetres from a mesh's border to where it is seen in full. */
const fadeWidth = 0.9
/** Grey and a little warm, as unfired clay. */
const clay = [0.62, 0.59, 0.55] as const

/**
 * A copy of a picture, in colour, with lit meshes drawn over it, smaller faces below larger ones.
 *
 * @param surface `model` for the colours of the meshes, `clay` where those have their light in them
 */
export function drawOverlay(
  image: PixelImage,
  faces: readonly PosedFace[],
  surface: 'model' | 'clay',
): PixelImage {
  const copy = toColour(image)
  const heightOf = ({ box }: PosedFace) => box[3] - box[1]
  for (const face of faces.toSorted((a, b) => heightOf(a) - heightOf(b))) {
    drawFace(copy, face, surface)
  }
  return copy
}

function drawFace(picture: PixelImage, face: PosedFace, surface: 'model' | 'clay'): void {
  const { mesh, camera, light, anchor } = face
  const { left, top, width, height } = boundsOf(mesh.positions, picture)
  if (width <= 0 || height <= 0) return
  const samples = Math.max(1, Math.min(4, Math.floor(mostSamples / Math.max(width, height))))
  const target = createRasterTarget(width, height, samples)
  const { canonical: positions, triangles } = mesh
  const colors = surface === 'model' ? mesh.colors : positions.map((_, i) => clay[i % 3]!)
  const pinhole = cropPinhole(pinholeOf(camera, anchor), left, top, 1)
  renderFace({ positions, colors, triangles }, camera, light, pinhole, target)
  softenBorder(face, pinhole, samples, target)
  const { channels } = picture
  const rowStride = picture.width * channels
  const data = picture.data.subarray(top * rowStride + left * channels)
  compositeOver(target, { data, width, height, channels, rowStride })
}

/** Fades the mesh out towards its border, where skin goes on that it does not have. */
function softenBorder(
  { mesh, camera }: PosedFace,
  pinhole: Pinhole,
  samples: number,
  target: RasterTarget,
): void {
  const fade = borderFade(mesh, fadeWidth)
  const positions = toCameraFrame(mesh.canonical, camera)
  const colors = positions.map((_, i) => fade[Math.floor(i / 3)]!)
  const { width, height, rgba } = target
  const mask = createRasterTarget(width, height, samples)
  rasterize({ positions, triangles: mesh.triangles, colors }, pinhole, mask)
  for (let at = 0; at < rgba.length; at += 4) rgba[at + 3]! *= mask.rgba[at]! / 255
}

/** The whole pixels of a picture that the mesh lies in. */
function boundsOf(
  positions: Float32Array,
  { width, height }: PixelImage,
): { left: number; top: number; width: number; height: number } {
  const xs = positions.filter((_, i) => i % 3 === 0)
  const ys = positions.filter((_, i) => i % 3 === 1)
  const left = Math.max(0, Math.floor(Math.min(...xs)))
  const top = Math.max(0, Math.floor(Math.min(...ys)))
  const right = Math.min(width, Math.ceil(Math.max(...xs)))
  const bottom = Math.min(height, Math.ceil(Math.max(...ys)))
  return { left, top, width: right - left, height: bottom - top }
}

/** A packed copy with at least three channels. */
function toColour(image: PixelImage): PixelImage {
  const { data, width, height, channels, rowStride = width * channels } = image
  const wanted = channels === 1 ? 3 : channels
  const copy = new Uint8Array(width * height * wanted)
  for (let at = 0; at < copy.length; at++) {
    const pixel = Math.floor(at / wanted)
    const from = Math.floor(pixel / width) * rowStride + (pixel % width) * channels
    copy[at] = data[from + (channels === 1 ? 0 : at % wanted)]!
  }
  return { data: copy, width, height, channels: wanted }
}
