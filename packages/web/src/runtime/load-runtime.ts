import type { ExecutionProvider } from './execution-provider.ts'
import { providerUnavailable } from './find-obstacle.ts'

type Runtime = typeof import('onnxruntime-web')

/**
 * Loads ONNX Runtime Web from the provider's files.
 *
 * The runtime stays for the life of the page or worker; the threads of its first use stay too.
 *
 * @throws {ProviderUnavailableError} if the provider is without them
 */
export async function loadRuntime(
  { name, files }: ExecutionProvider,
  threads: number,
): Promise<Runtime> {
  if (!files) {
    throw await providerUnavailable(
      name,
      "this network needs ONNX Runtime. Import { onnxruntime } from '@retinaface/web/onnxruntime' and give it as provider.",
    )
  }
  // Bundlers must leave it alone: its threads start from its own file, and would start the whole
  // page's script if it were a part of that.
  const runtime: Runtime = await import(/* @vite-ignore */ /* webpackIgnore: true */ files.runtime)
  const { wasm } = runtime.env
  wasm.proxy = false
  wasm.numThreads = threads
  wasm.wasmPaths = { mjs: files.loader, wasm: files.wasm }
  return runtime
}
