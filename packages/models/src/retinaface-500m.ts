import { RETINAFACE_500M, RETINAFACE_500M_INT8 } from '@retinaface/core'
import { CHECKSUMS } from './checksums.ts'
import { retinaface500mMeshBranch } from './mesh-branch.ts'
import type { AssetEntry, ModelEntry, VariantEntry } from './model-entry.ts'

/** The refinement of the five landmarks of `retinaface-500m`. */
export const retinaface500mLandmarks: AssetEntry = {
  id: 'retinaface-500m-landmarks',
  description: 'Refinement of the five landmarks of retinaface-500m',
  get url() {
    return new URL('../weights/retinaface-500m-landmarks.safetensors', import.meta.url)
  },
  ...CHECKSUMS['weights/retinaface-500m-landmarks.safetensors'],
  licence: {
    stated:
      'MIT; trained on WIDER FACE (research use), public-domain portraits and CC0 faces with labels of MediaPipe FaceMesh (Apache-2.0), see cards/retinaface-500m.md',
  },
}

const licence = {
  stated:
    'MIT; backbone and strides 8 and 16 are YuNet-n (Shiqi Yu, Apache-2.0), see cards/retinaface-500m.md',
}

/** `retinaface-500m` in 8-bit integers. */
export const retinaface500mInt8: VariantEntry = {
  id: 'retinaface-500m-int8',
  description: 'retinaface-500m in 8-bit integers: somewhat faster, less exact',
  configuration: RETINAFACE_500M_INT8,
  get url() {
    return new URL('../weights/retinaface-500m-int8.onnx', import.meta.url)
  },
  ...CHECKSUMS['weights/retinaface-500m-int8.onnx'],
  licence,
}

/** This project's own network: faces of every size, under a licence that may be used. */
export const retinaface500m: ModelEntry = {
  id: 'retinaface-500m',
  description:
    'The default, trained by this project from YuNet-n: tiny faces, and large ones up to 700 input pixels',
  configuration: RETINAFACE_500M,
  meshBranch: retinaface500mMeshBranch,
  landmarks: retinaface500mLandmarks,
  variants: { int8: retinaface500mInt8 },
  get url() {
    return new URL('../weights/retinaface-500m.onnx', import.meta.url)
  },
  ...CHECKSUMS['weights/retinaface-500m.onnx'],
  licence,
}
