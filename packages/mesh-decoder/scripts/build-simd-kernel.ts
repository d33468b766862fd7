import { writeKernelBytes } from '../../../scripts/write-kernel-bytes.ts'
import { compileSimdKernel, SIMD_KERNEL_SOURCE } from './compile-simd-kernel.ts'

const file = new URL('../src/wasm/generated/simd-kernel-bytes.ts', import.meta.url)
await writeKernelBytes(file, 'SIMD_KERNEL_BYTES', SIMD_KERNEL_SOURCE, await compileSimdKernel())
