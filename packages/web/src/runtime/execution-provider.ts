/** What runs the network, and the URLs of the files that it needs. Plain data. */
export interface ExecutionProvider {
  readonly name: 'wasm' | 'webgpu' | 'webnn'
  /**
   * ONNX Runtime Web, its WebAssembly loader and its WebAssembly module. Without them the package's own
   * kernels are all there is.
   */
  readonly files?: {
    readonly runtime: string
    readonly loader: string
    readonly wasm: string
  }
  /** Kernels of this package run the shipped networks but `mnet025-v1`, without ONNX Runtime. */
  readonly kernels?: boolean
}
