import type { NetworkParts } from '@retinaface/core/platform'
import { headsOf, openSubgraphs } from '@retinaface/models'
import type { ModelSource } from '../model/load-file.ts'
import { breatheBetweenRuns } from './breathe-between-runs.ts'
import { createSession } from './create-session.ts'
import type { ExecutionProvider } from './execution-provider.ts'

/** A network on ONNX Runtime; a slim one in parts, each opened when it is first asked for. */
export async function openOnRuntime(
  bytes: Uint8Array,
  { configuration, isSlim }: ModelSource,
  provider: ExecutionProvider,
  threads: number,
): Promise<NetworkParts> {
  const open = (network: Uint8Array) => createSession(network, provider, threads)
  const session = isSlim
    ? await openSubgraphs(new Uint8Array(bytes), headsOf(configuration), open)
    : await open(bytes)
  const active = { name: provider.name, threads }
  return { session: breatheBetweenRuns(session), configuration, provider: active }
}
