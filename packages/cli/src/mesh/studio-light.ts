import { type Surface, shade } from '@retinaface/mesh-decoder'

/** P_ill of each lamp: place in centimetres about the face, colour, ambient colour. */
const lamps: readonly (readonly number[])[] = [
  // Key, high on the left, warm; with it what the room gives back.
  [-30, 32, 45, 0.66, 0.63, 0.59, 0.36, 0.36, 0.38],
  // Fill, low on the right, cool.
  [45, -6, 40, 0.17, 0.19, 0.23, 0, 0, 0],
  // Two rims from behind.
  [55, 18, -30, 0.3, 0.32, 0.36, 0, 0, 0],
  [-55, 10, -34, 0.2, 0.21, 0.24, 0, 0, 0],
]

/** The colours ([vertices, 3], not clipped) of a surface before `camera` (P_cam) under studio lamps. */
export function shadeInStudio(surface: Surface, camera: ArrayLike<number>): Float32Array {
  const sum = new Float32Array(surface.positions.length)
  const lit = new Float32Array(sum.length)
  for (const lamp of lamps) {
    shade(surface, camera, lamp, lit)
    for (let i = 0; i < sum.length; i++) sum[i]! += lit[i]!
  }
  return sum
}
