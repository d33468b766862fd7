import { RETINAFACE_500M } from '@retinaface/core'
import { CHECKSUMS } from './checksums.ts'
import { retinaface500mMeshBranch } from './mesh-branch.ts'
import type { ModelEntry } from './model-entry.ts'

/** This project's own network: faces of every size, under a licence that may be used. */
export const retinaface500m: ModelEntry = {
  id: 'retinaface-500m',
  description: 'Our own network, from YuNet-n: tiny faces, and large ones up to 700 input pixels',
  configuration: RETINAFACE_500M,
  meshBranch: retinaface500mMeshBranch,
  get url() {
    return new URL('../weights/retinaface-500m.onnx', import.meta.url)
  },
  ...CHECKSUMS['weights/retinaface-500m.onnx'],
  licence: {
    stated:
      'MIT; backbone and strides 8 and 16 are YuNet-n (Shiqi Yu, Apache-2.0), see cards/retinaface-500m.md',
  },
}
