import type { ExecutionProvider } from './runtime/execution-provider.ts'

const files: ExecutionProvider['files'] = {
  runtime: new URL('../assets/generated/ort-gpu.mjs', import.meta.url).href,
  loader: new URL('../assets/generated/ort-gpu-simd-threaded.mjs', import.meta.url).href,
  wasm: new URL('../assets/generated/ort-gpu-simd-threaded.wasm', import.meta.url).href,
}

/** The graphics processor by WebGPU. Where there may be none, ask for `[webgpu, wasm]`. */
export const webgpu: ExecutionProvider = { name: 'webgpu', files }

/** The system's own machine learning by WebNN. Where there may be none, ask for `[webnn, wasm]`. */
export const webnn: ExecutionProvider = { name: 'webnn', files }
