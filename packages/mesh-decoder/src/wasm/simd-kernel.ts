import { SIMD_KERNEL_BYTES } from './generated/simd-kernel-bytes.ts'
import type { Kernel, KernelInstance } from './kernel.ts'

const PAGE_BYTES = 65536

/** The part of the WebAssembly interface that is used here; the language's own types lack it. */
declare const WebAssembly:
  | {
      validate(bytes: Uint8Array): boolean
      Memory: new (descriptor: { initial: number }) => { readonly buffer: ArrayBuffer }
      Module: new (bytes: Uint8Array) => object
      Instance: new (module: object, imports: object) => { readonly exports: unknown }
    }
  | undefined

/**
 * The kernel in WebAssembly SIMD with its own memory of at least `bytes`.
 *
 * @returns undefined where the engine has no WebAssembly SIMD, or a content security policy forbids
 *   to compile it (it needs 'wasm-unsafe-eval').
 */
export function instantiateSimdKernel(bytes: number): KernelInstance | undefined {
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(SIMD_KERNEL_BYTES))
    return undefined
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) })
  try {
    const module = new WebAssembly.Module(SIMD_KERNEL_BYTES)
    const { exports } = new WebAssembly.Instance(module, { env: { memory } })
    return { memory: memory.buffer, kernel: exports as Kernel }
  } catch {
    return undefined
  }
}
