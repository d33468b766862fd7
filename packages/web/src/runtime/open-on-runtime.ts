import type { ModelConfiguration, NetworkParts } from '@retinaface/core'
import { keepOutputs } from '@retinaface/models'
import type { ModelSource } from '../model/load-file.ts'
import { breatheBetweenRuns } from './breathe-between-runs.ts'
import { COARSE_MIN_FACE_SIZE, withoutFinestLevel } from './coarse-levels.ts'
import { createSession } from './create-session.ts'
import type { ExecutionProvider } from './execution-provider.ts'
import type { OpenNetworks } from './open-networks.ts'

/** A network on ONNX Runtime; a slim one has sessions for what is asked of it, made when it is. */
export async function openOnRuntime(
  bytes: Uint8Array,
  { configuration, isSlim }: ModelSource,
  provider: ExecutionProvider,
  threads: number,
): Promise<OpenNetworks['parts']> {
  const open = async (
    network: Uint8Array,
    decodedBy: ModelConfiguration,
  ): Promise<NetworkParts> => {
    const session = await createSession(network, provider, threads)
    return { session: breatheBetweenRuns(session), configuration: decodedBy }
  }
  if (!isSlim) return open(bytes, configuration)
  const model = new Uint8Array(bytes)
  const openLevels = (some: ModelConfiguration) => open(keepOutputs(model, headsOf(some)), some)
  const coarse = withoutFinestLevel(configuration)
  return {
    ...(await openLevels(configuration)),
    variants: {
      features: () => open(model, configuration),
      coarse: { minFaceSize: COARSE_MIN_FACE_SIZE, open: () => openLevels(coarse) },
    },
  }
}

/** What the runtime computes whether it is read or not is left out of the network. */
function headsOf({ levels, outputs }: ModelConfiguration): string[] {
  return levels.map(({ stride }) => outputs.names.score.replace('{stride}', String(stride)))
}
