import { RESIZE_KERNEL_BYTES } from './generated/resize-kernel-bytes.ts'

const PAGE_BYTES = 65_536

/** The functions of `assembly/resize.ts`, which says what each does. */
interface ResizeFunctions {
  blendRows(...numbers: number[]): void
  resampleRow(...numbers: number[]): void
}

/** WebAssembly's memory, with views of all of it. */
export interface ResizeMemory {
  readonly bytes: Uint8Array
  readonly floats: Float32Array
  readonly integers: Int32Array
}

/** The kernel, compiled. */
export interface ResizeKernel extends ResizeFunctions {
  /** At least so many bytes; views that were taken before may be of no use any more. */
  reserve(bytes: number): ResizeMemory
}

/** The part of the WebAssembly interface that is used here; the language's own types lack it. */
declare const WebAssembly:
  | {
      validate(bytes: Uint8Array): boolean
      Memory: new (descriptor: {
        initial: number
      }) => {
        readonly buffer: ArrayBuffer
        grow(pages: number): void
      }
      Module: new (bytes: Uint8Array) => object
      Instance: new (module: object, imports: object) => { readonly exports: unknown }
    }
  | undefined

/**
 * Compiles the kernel.
 *
 * @returns undefined where the engine has no WebAssembly SIMD, or a content security policy forbids
 *   to compile it (it needs 'wasm-unsafe-eval').
 */
export function compileResizeKernel(): ResizeKernel | undefined {
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(RESIZE_KERNEL_BYTES))
    return undefined
  const memory = new WebAssembly.Memory({ initial: 1 })
  let views = viewsOf(memory.buffer)
  const reserve = (bytes: number): ResizeMemory => {
    const missing = bytes - memory.buffer.byteLength
    if (missing > 0) {
      memory.grow(Math.ceil(missing / PAGE_BYTES))
      views = viewsOf(memory.buffer)
    }
    return views
  }
  try {
    const module = new WebAssembly.Module(RESIZE_KERNEL_BYTES)
    const { exports } = new WebAssembly.Instance(module, { env: { memory } })
    return { ...(exports as ResizeFunctions), reserve }
  } catch {
    return undefined
  }
}

function viewsOf(buffer: ArrayBuffer): ResizeMemory {
  return {
    bytes: new Uint8Array(buffer),
    floats: new Float32Array(buffer),
    integers: new Int32Array(buffer),
  }
}
