/** The functions of `assembly/kernels.ts`, which says what each does. */
export interface Kernels {
  convolve(...numbers: number[]): void
  winograd(...numbers: number[]): void
  depthwise(...numbers: number[]): void
  addEnlarged(...numbers: number[]): void
  interleave(...numbers: number[]): void
  clearBorder(...numbers: number[]): void
}

/** The kernels and the memory that they work on. */
export interface KernelModule {
  readonly kernels: Kernels
  readonly memory: WebAssembly.Memory
}

/** URLs of the compiled kernels. */
export interface KernelFiles {
  /** For browsers with relaxed SIMD, whose fused multiply-add is a third faster. */
  readonly relaxed: string
  readonly simd: string
}

/** Loads the fastest kernels that this browser can run. */
export async function loadKernels({ relaxed, simd }: KernelFiles): Promise<KernelModule> {
  const memory = new WebAssembly.Memory({ initial: 1 })
  const load = async (url: string) => {
    // So small that compiling while it arrives gains nothing, and any type that a host sends will do.
    const bytes = await (await fetch(url)).arrayBuffer()
    const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } })
    return instance.exports as unknown as Kernels
  }
  try {
    return { kernels: await load(relaxed), memory }
  } catch {
    return { kernels: await load(simd), memory }
  }
}
