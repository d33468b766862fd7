import { CHECKSUMS } from './checksums.ts'
import type { AssetEntry } from './model-entry.ts'

/** The levels of MediaPipe's canonical face that the mesh decoder works on. */
export const faceTopology: AssetEntry = {
  id: 'face-topology',
  description: 'Face topology of 8 to 1,833 vertices, made from the MediaPipe canonical face model',
  get url() {
    return new URL('../assets/generated/face-topology.safetensors', import.meta.url)
  },
  ...CHECKSUMS['assets/generated/face-topology.safetensors'],
  licence: { stated: 'Apache-2.0 (MediaPipe, the npm package @mediapipe/face_mesh)' },
}
