import {
  ModelLoadError,
  type NetworkParts,
  type NetworkVariants,
  type RetinaFaceParts,
} from '@retinaface/core'
import type { ResolvedCreateOptions } from './create-options.ts'
import { type LoadedModel, loadModel, type NetworkFile } from './load-model.ts'
import { onnxruntime } from './onnxruntime.ts'
import { openDenseLayers } from './open-dense-layers.ts'
import { type NodeImageSource, readImage } from './read-image.ts'
import { reuseOutputs } from './reuse-outputs.ts'

// In pixels of the network's input. From here on the finest level adds 0.004 of average precision at
// most, from 64 on nothing; at 32 it is 0.22.
const coarseMinFaceSize = 48

/** Loads a network and all that a detector on it needs. */
export async function openDetector({
  model,
  precision,
  threads,
  pixelLimit,
}: ResolvedCreateOptions): Promise<RetinaFaceParts<NodeImageSource>> {
  const loaded = await loadModel(model, precision)
  const { loadMeshBranch } = loaded
  return {
    ...(await openNetwork(loaded, threads)),
    variants: variantsOf(loaded, threads),
    ...(loadMeshBranch ? { loadMeshBranch } : {}),
    openDenseLayers: (layers) => openDenseLayers(layers, threads),
    readImage: (source, signal, shrink) => readImage(source, { pixelLimit, signal, shrink }),
  }
}

function variantsOf(
  { loadFeatures, loadMeshes, loadCoarse }: LoadedModel,
  threads: number,
): NetworkVariants {
  const openLater = (load: () => Promise<NetworkFile>) => async () =>
    openNetwork(await load(), threads)
  return {
    ...(loadFeatures ? { features: openLater(loadFeatures) } : {}),
    ...(loadMeshes ? { meshes: (maps) => openLater(() => loadMeshes(maps))() } : {}),
    ...(loadCoarse
      ? { coarse: { minFaceSize: coarseMinFaceSize, open: openLater(loadCoarse) } }
      : {}),
  }
}

async function openNetwork(
  { bytes, configuration }: NetworkFile,
  threads: number,
): Promise<NetworkParts> {
  try {
    const session = await onnxruntime.InferenceSession.create(bytes, {
      // Left alone, the runtime used one thread: 1.4 times slower on two cores.
      intraOpNumThreads: threads,
      // One block for all maps of a size, beside what the first run took: 501 instead of 320 MB at
      // 1920×1280, and not faster.
      enableMemPattern: false,
      logSeverityLevel: 3,
    })
    return { session: reuseOutputs(session), configuration }
  } catch (error) {
    throw new ModelLoadError(`ONNX Runtime could not load the model: ${String(error)}`, error)
  }
}
