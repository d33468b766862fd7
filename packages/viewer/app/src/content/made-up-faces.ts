import type { ViewerFace } from '../../../src/index.ts'
import type { FaceModel } from './face-model.ts'
import { splitVertices } from './split-vertices.ts'
import { standMesh } from './stand-mesh.ts'
import type { Subject } from './subject.ts'

const COUNT = 5
/** Latents have unit variance; a little less than all of it gives likely faces. */
const SPREAD = 0.8
/** Degrees between the outermost faces and the middle one: they turn to the visitor. */
const LARGEST_YAW = 24

/** Faces of nobody: random latents, decoded. The same seed gives the same faces. */
export function makeUpFaces(model: FaceModel, seed: number): Subject {
  const random = normalNumbers(seed)
  const faces = Array.from({ length: COUNT }, (_, place): ViewerFace => {
    const latent = new Float32Array(model.decoder.latentSize).map(() => SPREAD * random())
    const { triangles, uv } = model
    const mesh = { ...splitVertices(model.decoder.decode(latent)), triangles, uv }
    const side = 1 - (2 * place) / (COUNT - 1)
    return { ...standMesh(mesh, { place, yaw: side * LARGEST_YAW }), latent }
  })
  return { name: 'Made-up faces', kind: 'made-up', faces }
}

/** Numbers of a normal distribution (Box and Muller), from mulberry32's uniform ones. */
function normalNumbers(seed: number): () => number {
  let state = seed >>> 0
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let bits = Math.imul(state ^ (state >>> 15), state | 1)
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61)
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
}
