import { shade, toCameraFrame } from '@retinaface/mesh-decoder'
import { Vector3 } from 'three'
import type { ShownFace } from '../face/shown-face.ts'
import type { ViewerOptions } from '../options/viewer-options.ts'
import { CLAY, DEPTH_RAMP, WIRE } from '../scene/appearance.ts'
import { lightFace } from '../scene/face-light.ts'
import type { View } from '../scene/view.ts'

/** Colours of a face's vertices ([vertices, 3], sRGB-encoded) as its material has them. */
export function faceColors(face: ShownFace, options: ViewerOptions, view: View): Float32Array {
  const { material } = options
  if (material === 'normals') return normalColors(face)
  if (material === 'depth') return depthColors(face)
  if (material === 'wireframe') return plain(face, WIRE)
  return lit(face, material === 'clay' ? plain(face, CLAY) : face.colors, options, view)
}

function plain({ positions }: ShownFace, color: readonly number[]): Float32Array {
  return Float32Array.from(positions, (_, i) => color[i % 3]!)
}

/** With the canonical frame for a camera: a light is where {@link lightFace} puts it in either. */
function lit(
  face: ShownFace,
  colors: Float32Array,
  options: ViewerOptions,
  view: View,
): Float32Array {
  const light = { position: new Vector3(), color: new Vector3(), ambient: new Vector3() }
  lightFace(face, options.light, view.matrix, light)
  const { positions, normals } = face
  const illumination = [...light.position, ...light.color, ...light.ambient]
  return shade({ positions, normals, colors }, new Float32Array(7), illumination)
}

function normalColors({ normals, camera }: ShownFace): Float32Array {
  const turned = toCameraFrame(normals, [0, 0, 0, camera[3]!, camera[4]!, camera[5]!, 1])
  return turned.map((value) => value * 0.5 + 0.5)
}

function depthColors({ imagePositions }: ShownFace): Float32Array {
  const depths = imagePositions.filter((_, i) => i % 3 === 2)
  const nearest = depths.reduce((least, depth) => Math.min(least, depth))
  const farthest = depths.reduce((most, depth) => Math.max(most, depth))
  const colors = new Float32Array(imagePositions.length)
  depths.forEach((depth, vertex) => {
    const share = (2 * (depth - nearest)) / Math.max(farthest - nearest, 1e-6)
    const from = DEPTH_RAMP[share < 1 ? 0 : 1]
    const to = DEPTH_RAMP[share < 1 ? 1 : 2]
    const along = share < 1 ? share : share - 1
    for (let k = 0; k < 3; k++) colors[vertex * 3 + k] = from[k]! + along * (to[k]! - from[k]!)
  })
  return colors
}
