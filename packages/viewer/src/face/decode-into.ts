import { type MeshDecoder, VERTEX_CHANNELS } from '@retinaface/mesh-decoder'

const scratch = new WeakMap<MeshDecoder, Float32Array>()

/** Decodes latents to positions and colours, each [vertices, 3]. */
export function decodeInto(
  decoder: MeshDecoder,
  latent: Float32Array,
  positions: Float32Array,
  colors: Float32Array,
): void {
  let decoded = scratch.get(decoder)
  if (!decoded) {
    decoded = new Float32Array(decoder.vertexCount * VERTEX_CHANNELS)
    scratch.set(decoder, decoded)
  }
  decoder.decode(latent, decoded)
  for (let from = 0, to = 0; from < decoded.length; from += VERTEX_CHANNELS, to += 3) {
    for (let k = 0; k < 3; k++) {
      positions[to + k] = decoded[from + k]!
      colors[to + k] = decoded[from + 3 + k]!
    }
  }
}
