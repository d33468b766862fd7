import { RETINAFACE_500M } from '@retinaface/core'
import { CHECKSUMS } from './checksums.ts'
import { retinaface500mMeshBranch } from './mesh-branch.ts'
import type { AssetEntry, ModelEntry } from './model-entry.ts'

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

/** This project's own network: faces of every size, under a licence that may be used. */
export const retinaface500m: ModelEntry = {
  id: 'retinaface-500m',
  description: 'Our own network, from YuNet-n: tiny faces, and large ones up to 700 input pixels',
  configuration: RETINAFACE_500M,
  meshBranch: retinaface500mMeshBranch,
  landmarks: retinaface500mLandmarks,
  get url() {
    return new URL('../weights/retinaface-500m.onnx', import.meta.url)
  },
  ...CHECKSUMS['weights/retinaface-500m.onnx'],
  licence: {
    stated:
      'MIT; backbone and strides 8 and 16 are YuNet-n (Shiqi Yu, Apache-2.0), see cards/retinaface-500m.md',
  },
}
