import { type FaceParameters, rotationMatrix, rotationVector } from '@retinaface/mesh-decoder'
import type { Quarters } from '../image/turn-image.ts'

// Cosine and sine of the turn that undoes a clockwise one, in the camera's axes (y up).
const undoing = [
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, -1],
] as const

/** A vector of the picture (y up), from one read where the picture was turned clockwise. */
export function turnedBackVector(x: number, y: number, quarters: Quarters): [number, number] {
  const [cosine, sine] = undoing[quarters]
  return [cosine * x - sine * y, sine * x + cosine * y]
}

/** The parameters of a face in the picture, from those read where it was turned clockwise. */
export function turnedBack(parameters: FaceParameters, quarters: Quarters): FaceParameters {
  if (quarters === 0) return parameters
  const { latent } = parameters
  const turn = (values: Float64Array | Float32Array, x: number, y: number) => {
    const [across, up] = turnedBackVector(values[x]!, values[y]!, quarters)
    values[x] = across
    values[y] = up
  }
  const camera = Float32Array.from(parameters.camera)
  turn(camera, 0, 1)
  const rotation = Float64Array.from(rotationMatrix([camera[3]!, camera[4]!, camera[5]!]))
  for (let column = 0; column < 3; column++) turn(rotation, column, 3 + column)
  camera.set(rotationVector(rotation), 3)
  const light = Float32Array.from(parameters.light)
  turn(light, 0, 1)
  return { latent, camera, light }
}
