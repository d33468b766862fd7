// The detector's inner loops in AssemblyScript with 128-bit SIMD. Maps lie pixel by pixel, the channels
// of a pixel side by side, with a border of zeros (`src/kernels/map-layout.ts`). Addresses and steps are
// in bytes; channels are multiples of 4.

export { convolve } from './convolve'
export { depthwise } from './depthwise'
export { add, clear, maxPool, readPixels } from './maps'
export { winograd } from './winograd'
