/** What runs the network, and the URLs of the files that it needs. Plain data. */
export interface ExecutionProvider {
  readonly name: 'wasm' | 'webgpu' | 'webnn'
  /** ONNX Runtime Web, its WebAssembly loader and its WebAssembly module. */
  readonly files: {
    readonly runtime: string
    readonly loader: string
    readonly wasm: string
  }
  /** Kernels of this package run `mnet025` on one thread, without ONNX Runtime. */
  readonly kernels?: boolean
}

/** What came of the choice of a provider. */
export interface ActiveProvider {
  readonly name: ExecutionProvider['name']
  /** Processor threads; 1 on our own kernels and where the page is not cross-origin isolated. */
  readonly threads: number
  /** Why WebAssembly runs the network although something else was asked for. */
  readonly fallbackReason?: string
}
