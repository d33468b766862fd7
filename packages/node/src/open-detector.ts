import { ModelLoadError } from '@retinaface/core'
import {
  type DenseLayers,
  importStages,
  type NetworkParts,
  type NetworkSession,
  openDenseStages,
  openOnFirst,
  type RetinaFaceParts,
} from '@retinaface/core/platform'
import { headsOf, interleaveInput, openSubgraphs, outputNamesOf } from '@retinaface/models'
import { bytesOf } from './any-realm.ts'
import type { ResolvedCreateOptions } from './create-options.ts'
import {
  type ExecutionProvider,
  offeredProviders,
  providerUnavailable,
} from './execution-provider.ts'
import { type LoadedModel, loadModel, type NetworkFile, readAsset } from './load-model.ts'
import { type LoadedSource, loadSource } from './load-source.ts'
import { onnxruntime } from './onnxruntime.ts'
import { openDenseLayers } from './open-dense-layers.ts'
import { type NodeImageSource, readImage } from './read-image.ts'
import { reuseOutputs } from './reuse-outputs.ts'

/** Loads a network and all that a detector on it needs. */
export async function openDetector({
  model,
  precision,
  provider,
  threads,
  stages,
  pixelLimit,
}: ResolvedCreateOptions): Promise<RetinaFaceParts<NodeImageSource, LoadedSource>> {
  const loaded = await loadModel(model, precision)
  const { loadLandmarks, meshBranch } = loaded
  const network = await openOnFirst(provider, (name) => openNetwork(loaded, name, threads))
  const openLayers = (layers: DenseLayers) => openDenseLayers(layers, threads)
  const openOwn = (bytes: Uint8Array) =>
    openSession(new Uint8Array(bytes), network.provider.name, threads)
  return {
    ...network,
    ...(loadLandmarks ? { loadLandmarks } : {}),
    stages: {
      ...(meshBranch ? openDenseStages(meshBranch, readAsset, openLayers) : {}),
      ...importStages(stages, openOwn),
    },
    load: loadSource,
    readImage: (source, signal, shrink) => readImage(source, { pixelLimit, signal, shrink }),
  }
}

type Open = (network: Uint8Array<ArrayBuffer>) => Promise<NetworkSession>
type Opened = Omit<NetworkParts, 'provider'>

async function openNetwork(
  { bytes, configuration, isSlim, exact }: LoadedModel,
  name: ExecutionProvider,
  threads: number,
): Promise<NetworkParts> {
  const open: Open = (network) => openSession(network, name, threads)
  const file = { bytes, configuration }
  const provider = { name, threads }
  if (exact) return { ...(await openInt8(file, exact, open)), provider }
  if (isSlim) return { ...(await openSlim(file, open)), provider }
  return { session: await open(bytes), configuration, provider }
}

/** A network in parts, on pixels as they are decoded, which spares filling 3.7 MB of floats for 640×480. */
async function openSlim({ bytes, configuration }: NetworkFile, open: Open): Promise<Opened> {
  const input = { ...configuration.input, layout: 'interleaved' as const }
  const session = await openSubgraphs(interleaveInput(bytes), headsOf(configuration), open)
  return { session, configuration: { ...configuration, input } }
}

/** What `int8` gives out comes from it, and whatever holds more, all of it, from `exact`. */
async function openInt8(int8: NetworkFile, exact: NetworkFile, open: Open): Promise<Opened> {
  const fast = await openSubgraphs(int8.bytes, headsOf(int8.configuration), open)
  const { name } = int8.configuration.input
  const { input } = exact.configuration
  let float32: Promise<Opened> | undefined
  const openExact = () => {
    float32 ??= openSlim(exact, open)
    float32.catch(() => {
      float32 = undefined
    })
    return float32
  }
  const session: NetworkSession = {
    inputNames: [input.name],
    outputNames: outputNamesOf(exact.bytes),
    run: async (feeds, outputs) =>
      outputs.every((output) => fast.outputNames.includes(output))
        ? fast.run({ [name]: feeds[input.name]! }, outputs)
        : (await openExact()).session.run(feeds, outputs),
    release: async () => {
      const opened = await float32?.catch(() => undefined)
      await Promise.all([fast.release(), opened?.session.release()])
    },
  }
  const configuration = {
    ...exact.configuration,
    name: int8.configuration.name,
    input: { ...input, layout: 'interleaved' as const },
  }
  return { session, configuration }
}

/** Makes a network ready in ONNX Runtime. */
export async function openSession(
  bytes: Uint8Array<ArrayBuffer>,
  provider: ExecutionProvider,
  threads: number,
): Promise<NetworkSession> {
  if (!offeredProviders().includes(provider)) throw providerUnavailable(provider)
  const { InferenceSession } = onnxruntime()
  try {
    const session = await InferenceSession.create(bytesOf(bytes), {
      executionProviders: [provider],
      // Left alone, the runtime used one thread: 1.4 times slower on two cores.
      intraOpNumThreads: threads,
      // One block for all maps of a size, beside what the first run took: 501 instead of 320 MB at
      // 1920×1280, and not faster.
      enableMemPattern: false,
      logSeverityLevel: 3,
    })
    return reuseOutputs(session)
  } catch (error) {
    if (provider !== 'cpu') throw providerUnavailable(provider, error)
    throw new ModelLoadError(`ONNX Runtime could not load the model: ${String(error)}`, error)
  }
}
