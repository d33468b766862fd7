// The decoder's inner loops in AssemblyScript with 128-bit SIMD; `src/decoder/kernel.ts` says what
// each does. Addresses and strides are in bytes, counts in elements, channels multiples of 4.

export { activate, activationGradient } from './activate'
export { laplacian } from './laplacian'
export { matmul } from './matmul'
export { resample } from './resample'
export { place, project } from './vertices'
