import { writeKernelBytes } from '../../../scripts/write-kernel-bytes.ts'
import { compileResizeKernel, RESIZE_KERNEL_SOURCE } from './compile-resize-kernel.ts'

const file = new URL('../src/image/generated/resize-kernel-bytes.ts', import.meta.url)
const bytes = await compileResizeKernel()
await writeKernelBytes(file, 'RESIZE_KERNEL_BYTES', RESIZE_KERNEL_SOURCE, bytes)
