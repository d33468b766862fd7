import { ModelLoadError, ProviderUnavailableError } from '@retinaface/core'
import type { ExecutionProvider } from './execution-provider.ts'
import { findObstacle, providerUnavailable } from './find-obstacle.ts'

/**
 * Opens a network, and says what is in its way if it cannot be opened.
 *
 * @param file where the network comes from, for the message
 * @throws {ModelLoadError} {ProviderUnavailableError}
 */
export async function openOnProvider<Opened>(
  provider: ExecutionProvider,
  file: string | Uint8Array,
  open: () => Promise<Opened>,
): Promise<Opened> {
  return provider.name === 'wasm' ? openOnWasm(file, open) : openOnDevice(provider.name, open)
}

async function openOnDevice<Opened>(
  name: ExecutionProvider['name'],
  open: () => Promise<Opened>,
): Promise<Opened> {
  const obstacle = await findObstacle(name)
  if (obstacle !== undefined) throw await providerUnavailable(name, obstacle)
  try {
    return await open()
  } catch (error) {
    const reason = `ONNX Runtime could not start it (${String(error)}).`
    throw await providerUnavailable(name, reason, error)
  }
}

async function openOnWasm<Opened>(
  file: string | Uint8Array,
  open: () => Promise<Opened>,
): Promise<Opened> {
  try {
    return await open()
  } catch (error) {
    if (error instanceof ProviderUnavailableError) throw error
    const name = typeof file === 'string' ? file : 'in memory'
    const reason = String(error).replace(/\.*$/, '.')
    throw new ModelLoadError(
      `Could not load the model ${name}: ${reason} Check that it is an ONNX file. If it is WebAssembly that did not start, the package's files have to be served beside the page's scripts, and a Content-Security-Policy has to allow 'wasm-unsafe-eval'.`,
      error,
    )
  }
}
