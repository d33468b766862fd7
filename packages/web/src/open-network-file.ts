import type { ActiveProvider, StageNetwork } from '@retinaface/core'
import { openOnFirst, stageNetwork } from '@retinaface/core/platform'
import type { AssetEntry } from '@retinaface/models'
import { type CreateOptions, planDetector } from './create-options.ts'
import { fileOf } from './model/find-model.ts'
import { type CustomModel, loadFile, resolveFile } from './model/load-file.ts'
import { onnxruntime } from './onnxruntime-provider.ts'
import { breatheBetweenRuns } from './runtime/breathe-between-runs.ts'
import { createSession } from './runtime/create-session.ts'
import { openOnProvider } from './runtime/open-on-provider.ts'

/** A file of the user's. */
export type OwnFile = Pick<CustomModel, 'file' | 'sha256'>

/** Options of {@link openNetworkFile}, as those of `createRetinaFace`. */
export type OpenNetworkOptions = Pick<CreateOptions, 'provider' | 'threads'>

/** A network, and what runs it. */
export interface OpenedNetwork extends StageNetwork {
  readonly provider: ActiveProvider
}

/**
 * Opens an ONNX network that is no detector, as one that works on aligned faces: a file that a package
 * ships, or one of yours. It runs in this page or worker; its runs must not overlap.
 *
 * @throws {InvalidArgumentError} if an option is not valid
 * @throws {ModelLoadError} if the file cannot be fetched, is not the expected one or does not load
 * @throws {ProviderUnavailableError} if none of the execution providers can run it here
 */
export async function openNetworkFile(
  source: AssetEntry | OwnFile,
  options: OpenNetworkOptions = {},
): Promise<OpenedNetwork> {
  const { provider, threads } = planDetector({ provider: onnxruntime, ...options })
  const file = 'url' in source ? fileOf(source) : resolveFile(source)
  const bytes = await loadFile(file)
  return openOnFirst(provider, async (one) => {
    const open = () => createSession(bytes, one, threads)
    const session = breatheBetweenRuns(await openOnProvider(one, file.file, open))
    return { ...stageNetwork(session), provider: { name: one.name, threads } }
  })
}
