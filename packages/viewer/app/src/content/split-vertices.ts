import { VERTEX_CHANNELS } from '@retinaface/mesh-decoder'

/** Decoded vertices ([vertices, 6]) as positions and colours ([vertices, 3] each). */
export function splitVertices(decoded: Float32Array): {
  readonly canonical: Float32Array
  readonly colors: Float32Array
} {
  const count = decoded.length / VERTEX_CHANNELS
  const canonical = new Float32Array(count * 3)
  const colors = new Float32Array(count * 3)
  for (let i = 0; i < count; i++) {
    const at = i * VERTEX_CHANNELS
    canonical.set(decoded.subarray(at, at + 3), i * 3)
    colors.set(decoded.subarray(at + 3, at + 6), i * 3)
  }
  return { canonical, colors }
}
