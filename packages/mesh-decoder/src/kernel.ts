// Kernels of matrix products in WebAssembly and JavaScript, and the memory that they work in, for authors of
// networks. It may change between minor versions.

export { createKernel } from './decoder/create-kernel.ts'
export { HeapLayout } from './decoder/heap-layout.ts'
export { PANEL, packPanels, paddedChannels, paddedColumns } from './decoder/pack-panels.ts'
export { type Kernel, type KernelInstance, PIECEWISE_LINEAR } from './wasm/kernel.ts'
