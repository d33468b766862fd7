import { CHECKSUMS } from './checksums.ts'
import { faceTopology } from './face-topology.ts'
import { meshDecoder, meshLicence } from './mesh-branch.ts'
import type { AssetEntry, MeshBranchEntry } from './model-entry.ts'

/** The dense head on the features of `mnet025`. */
export const mnet025DenseHead: AssetEntry = {
  id: 'mnet025-dense-head',
  description: 'Dense regression branch of mnet025: latent, camera and light of each face',
  get url() {
    return new URL('../weights/mnet025-dense-head.safetensors', import.meta.url)
  },
  ...CHECKSUMS['weights/mnet025-dense-head.safetensors'],
  licence: meshLicence,
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
  licence: meshLicence,
}

/** The mesh branch of `mnet025-lean`, with the same decoder. */
export const mnet025LeanMeshBranch: MeshBranchEntry = {
  topology: faceTopology,
  decoder: meshDecoder,
  head: mnet025LeanDenseHead,
}
