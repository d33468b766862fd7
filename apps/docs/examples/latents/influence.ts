import type { MeshDecoder } from '@retinaface/mesh-decoder'

/** How far a latent moves and colours the mesh. */
export interface Influence {
  readonly index: number
  /** Root mean square over the vertices for one unit: centimetres. */
  readonly shape: number
  /** The same for the colours, 0..1. */
  readonly color: number
}

/** What one unit of each latent does to the mean face. */
export function influences(decoder: MeshDecoder): Influence[] {
  const latent = new Float32Array(decoder.latentSize)
  const mean = decoder.decode(latent)
  const moved = new Float32Array(mean.length)
  return Array.from({ length: decoder.latentSize }, (_, index) => {
    latent.fill(0)
    latent[index] = 1
    decoder.decode(latent, moved)
    let [shape, color] = [0, 0]
    for (let i = 0; i < mean.length; i++) {
      const square = (moved[i]! - mean[i]!) ** 2
      if (i % 6 < 3) shape += square
      else color += square
    }
    return {
      index,
      shape: Math.sqrt(shape / decoder.vertexCount),
      color: Math.sqrt(color / decoder.vertexCount),
    }
  })
}
