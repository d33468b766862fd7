import { MNET025_INT8, MNET025_SLIM } from '@retinaface/core'
import { CHECKSUMS } from './checksums.ts'
import { DETECTOR_LICENCE } from './detector-source.ts'
import type { VariantEntry } from './model-entry.ts'

/** `mnet025` with the same arithmetic in fewer steps. */
export const mnet025Slim: VariantEntry = {
  id: 'mnet025-slim',
  description: 'mnet025 in fewer steps, the same faces: what Node.js and the browser run',
  configuration: MNET025_SLIM,
  get url() {
    return new URL('../assets/generated/mnet025-slim.onnx', import.meta.url)
  },
  ...CHECKSUMS['assets/generated/mnet025-slim.onnx'],
  licence: DETECTOR_LICENCE,
}

/** `mnet025` in 8-bit integers. */
export const mnet025Int8: VariantEntry = {
  id: 'mnet025-int8',
  description: 'mnet025 in 8-bit integers: faster on processors, less exact',
  configuration: MNET025_INT8,
  get url() {
    return new URL('../assets/generated/mnet025-int8.onnx', import.meta.url)
  },
  ...CHECKSUMS['assets/generated/mnet025-int8.onnx'],
  licence: DETECTOR_LICENCE,
}
