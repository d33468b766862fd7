import { CHECKSUMS } from './checksums.ts'
import { faceTopology } from './face-topology.ts'
import type { AssetEntry, MeshBranchEntry } from './model-entry.ts'

/** Of the weights of mesh branches. */
export const meshLicence = {
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
  licence: meshLicence,
}

/** The dense head on the features of `retinaface-500m`. */
export const retinaface500mDenseHead: AssetEntry = {
  id: 'retinaface-500m-dense-head',
  description: 'Dense regression branch of retinaface-500m: latent, camera and light of each face',
  get url() {
    return new URL('../weights/retinaface-500m-dense-head.safetensors', import.meta.url)
  },
  ...CHECKSUMS['weights/retinaface-500m-dense-head.safetensors'],
  licence: meshLicence,
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

/** How the mesh moves with each coefficient of expression: `readMorphTargets` of `@retinaface/mesh-decoder`. */
export const expressionTargets: AssetEntry = {
  id: 'expression-targets',
  description: 'Morph targets of the mesh for the 52 coefficients of expression',
  get url() {
    return new URL('../weights/expression-targets.safetensors', import.meta.url)
  },
  ...CHECKSUMS['weights/expression-targets.safetensors'],
  licence: retinaface500mExpressions.licence,
}

/** The mesh branch of `retinaface-500m`, with the same decoder. */
export const retinaface500mMeshBranch: MeshBranchEntry = {
  topology: faceTopology,
  decoder: meshDecoder,
  head: retinaface500mDenseHead,
  expressions: retinaface500mExpressions,
}
