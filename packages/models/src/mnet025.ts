import { MNET025 } from '@retinaface/core'
import { CHECKSUMS } from './checksums.ts'
import { DETECTOR_LICENCE, DETECTOR_PACKAGE } from './detector-source.ts'
import { mnet025MeshBranch } from './mnet025-mesh-branches.ts'
import { mnet025Int8, mnet025Slim } from './mnet025-variants.ts'
import type { PackagedModel } from './model-entry.ts'

/** InsightFace's RetinaFace with MobileNet-0.25, second release. */
export const mnet025: PackagedModel = {
  id: 'mnet025',
  description: 'RetinaFace MobileNet-0.25, second release: better landmarks than the first',
  configuration: MNET025,
  meshBranch: mnet025MeshBranch,
  variants: { float32: mnet025Slim, int8: mnet025Int8 },
  get url() {
    return new URL('../assets/generated/mnet025.onnx', import.meta.url)
  },
  ...CHECKSUMS['assets/generated/mnet025.onnx'],
  source: {
    ...DETECTOR_PACKAGE,
    file: 'mnet.25_v2.onnx',
    sha256: 'cd1acf4887eff165497762346fcafbdec58f662a2ceb01e5edb979f54b9875b6',
  },
  licence: DETECTOR_LICENCE,
}
