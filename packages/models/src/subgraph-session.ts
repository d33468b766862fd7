import type { ModelConfiguration } from '@retinaface/core'
import type { NetworkSession } from '@retinaface/core/platform'
import { keepOutputs, outputNamesOf } from './keep-outputs.ts'

/**
 * A session that computes of each run what it asks for: for each set of outputs it opens the part of
 * the network that they need and keeps it. A runtime computes all outputs of a graph, whether they
 * are read or not.
 *
 * @param model a serialized ONNX model whose nodes are in order
 * @param first outputs whose part is opened at once
 * @param open opens a session of the runtime
 * @throws {ModelLoadError} for outputs that the model has not, and what `open` throws; `run` tries
 * again what could not be opened.
 */
export async function openSubgraphs(
  model: Uint8Array<ArrayBuffer>,
  first: readonly string[],
  open: (network: Uint8Array<ArrayBuffer>) => Promise<NetworkSession>,
): Promise<NetworkSession> {
  const sessions = new Map<string, Promise<NetworkSession>>()
  const sessionFor = (outputs: readonly string[]): Promise<NetworkSession> => {
    const key = outputs.toSorted().join('\n')
    const known = sessions.get(key)
    if (known) return known
    const opening = (async () => open(keepOutputs(model, outputs)))()
    sessions.set(key, opening)
    opening.catch(() => sessions.delete(key))
    return opening
  }
  const { inputNames } = await sessionFor(first)
  return {
    inputNames,
    outputNames: outputNamesOf(model),
    run: async (feeds, outputs) => (await sessionFor(outputs)).run(feeds, outputs),
    release: async () => {
      const opened = await Promise.allSettled(sessions.values())
      await Promise.all(
        opened.map((one) => (one.status === 'fulfilled' ? one.value.release() : undefined)),
      )
    },
  }
}

/** The outputs of every level of a network in the layout `cells`: scores, boxes and landmarks. */
export function headsOf({ levels, outputs }: ModelConfiguration): string[] {
  return levels.map(({ stride }) => outputs.names.score.replace('{stride}', String(stride)))
}
