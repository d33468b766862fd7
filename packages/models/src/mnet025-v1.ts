import { MNET025_V1 } from '@retinaface/core'
import { CHECKSUMS } from './checksums.ts'
import { DETECTOR_LICENCE, DETECTOR_PACKAGE } from './detector-source.ts'
import type { PackagedModel } from './model-entry.ts'

/** InsightFace's RetinaFace with MobileNet-0.25, first release: finds slightly more faces. */
export const mnet025V1: PackagedModel = {
  id: 'mnet025-v1',
  description: 'RetinaFace MobileNet-0.25, first release: slightly more faces found',
  configuration: MNET025_V1,
  get url() {
    return new URL('../assets/generated/mnet025-v1.onnx', import.meta.url)
  },
  ...CHECKSUMS['assets/generated/mnet025-v1.onnx'],
  source: {
    ...DETECTOR_PACKAGE,
    file: 'mnet.25_v1.onnx',
    sha256: 'a4bb1e33c921877ecccca2a2e757d44c4fb511ae84d85a833c5a77e6f2461744',
  },
  licence: DETECTOR_LICENCE,
}
