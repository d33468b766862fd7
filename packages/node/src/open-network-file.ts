import type { ActiveProvider, StageNetwork } from '@retinaface/core'
import { openOnFirst, stageNetwork } from '@retinaface/core/platform'
import type { AssetEntry } from '@retinaface/models'
import { type CreateOptions, resolveCreateOptions } from './create-options.ts'
import { type OwnFile, readAsset, readOwn } from './load-model.ts'
import { openSession } from './open-detector.ts'

/** Options of {@link openNetworkFile}, as those of `createRetinaFace`. */
export type OpenNetworkOptions = Pick<CreateOptions, 'provider' | 'threads'>

/** A network, and what runs it. */
export interface OpenedNetwork extends StageNetwork {
  readonly provider: ActiveProvider
}

/**
 * Opens an ONNX network that is no detector, as one that works on aligned faces: a file that a package
 * ships, or one of yours. Its runs must not overlap.
 *
 * @throws {InvalidArgumentError} if an option is not valid
 * @throws {ModelLoadError} if the file cannot be read, is not the expected one or does not load
 * @throws {ProviderUnavailableError} if none of the execution providers can run it here
 */
export async function openNetworkFile(
  source: AssetEntry | OwnFile,
  options: OpenNetworkOptions = {},
): Promise<OpenedNetwork> {
  const { provider, threads } = resolveCreateOptions(options)
  const bytes = 'url' in source ? await readAsset(source) : await readOwn(source)
  return openOnFirst(provider, async (name) => {
    const session = await openSession(bytes, name, threads)
    return { ...stageNetwork(session), provider: { name, threads } }
  })
}
