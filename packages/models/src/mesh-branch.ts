import { CHECKSUMS } from './checksums.ts'
import { faceTopology } from './face-topology.ts'
import type { AssetEntry, MeshBranchEntry } from './model-entry.ts'

const licence = {
  stated:
    'MIT; trained on WIDER FACE (research use) and public-domain portraits with labels of MediaPipe FaceMesh (Apache-2.0), see cards/mesh.md',
}

/** The mesh decoder: 128 numbers to 1,833 vertices with colours. */
export const meshDecoder: AssetEntry = {
  id: 'mesh-decoder',
  description: 'Graph-convolution mesh decoder: shape and colour of 1,833 vertices',
  get url() {
    return new URL('../weights/mesh-decoder.safetensors', import.meta.url)
  },
  ...CHECKSUMS['weights/mesh-decoder.safetensors'],
  licence,
}

/** The dense head on the features of `mnet025`. */
export const mnet025DenseHead: AssetEntry = {
  id: 'mnet025-dense-head',
  description: 'Dense regression branch of mnet025: latent, camera and light of each face',
  get url() {
    return new URL('../weights/mnet025-dense-head.safetensors', import.meta.url)
  },
  ...CHECKSUMS['weights/mnet025-dense-head.safetensors'],
  licence,
}

/** The mesh branch of `mnet025`. */
export const mnet025MeshBranch: MeshBranchEntry = {
  topology: faceTopology,
  decoder: meshDecoder,
  head: mnet025DenseHead,
}

/** The dense head on the features of `mnet025-lean`. */
export const mnet025LeanDenseHead: AssetEntry = {
  id: 'mnet025-lean-dense-head',
  description: 'Dense regression branch of mnet025-lean: latent, camera and light of each face',
  get url() {
    return new URL('../weights/mnet025-lean-dense-head.safetensors', import.meta.url)
  },
  ...CHECKSUMS['weights/mnet025-lean-dense-head.safetensors'],
  licence,
}

/** The dense head on the features of `retinaface-500m`. */
export const retinaface500mDenseHead: AssetEntry = {
  id: 'retinaface-500m-dense-head',
  description: 'Dense regression branch of retinaface-500m: latent, camera and light of each face',
  get url() {
    return new URL('../weights/retinaface-500m-dense-head.safetensors', import.meta.url)
  },
  ...CHECKSUMS['weights/retinaface-500m-dense-head.safetensors'],
  licence,
}

/** The expression head of `retinaface-500m`. */
export const retinaface500mExpressions: AssetEntry = {
  id: 'retinaface-500m-expressions',
  description: 'Coefficients of expression, irises and gaze of the faces of retinaface-500m',
  get url() {
    return new URL('../weights/retinaface-500m-expressions.safetensors', import.meta.url)
  },
  ...CHECKSUMS['weights/retinaface-500m-expressions.safetensors'],
  licence: {
    stated:
      'MIT; trained on WIDER FACE (research use), public-domain portraits and CC0 faces with labels of MediaPipe FaceMesh and blendshapes (Apache-2.0), see cards/expressions.md',
  },
}

/** The mesh branch of `retinaface-500m`, with the same decoder. */
export const retinaface500mMeshBranch: MeshBranchEntry = {
  topology: faceTopology,
  decoder: meshDecoder,
  head: retinaface500mDenseHead,
  expressions: retinaface500mExpressions,
}

/** The mesh branch of `mnet025-lean`, with the same decoder. */
export const mnet025LeanMeshBranch: MeshBranchEntry = {
  topology: faceTopology,
  decoder: meshDecoder,
  head: mnet025LeanDenseHead,
}
