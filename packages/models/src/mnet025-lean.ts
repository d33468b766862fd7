import { MNET025_LEAN } from '@retinaface/core'
import { CHECKSUMS } from './checksums.ts'
import { DETECTOR_LICENCE } from './detector-source.ts'
import { mnet025 } from './mnet025.ts'
import { mnet025LeanMeshBranch } from './mnet025-mesh-branches.ts'
import type { PackagedModel } from './model-entry.ts'

/** `mnet025`'s backbone with a lean pyramid, context modules and heads of this project's training. */
export const mnet025Lean: PackagedModel = {
  id: 'mnet025-lean',
  description: "mnet025's backbone with a neck of our own training: 59 % of the arithmetic",
  configuration: MNET025_LEAN,
  meshBranch: mnet025LeanMeshBranch,
  get url() {
    return new URL('../assets/generated/mnet025-lean.onnx', import.meta.url)
  },
  ...CHECKSUMS['assets/generated/mnet025-lean.onnx'],
  source: mnet025.source,
  licence: DETECTOR_LICENCE,
}
