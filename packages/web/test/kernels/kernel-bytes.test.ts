import { expect, test } from 'vitest'
import { compileKernels, KERNEL_FEATURES } from '../../scripts/compile-kernels.ts'
import { RELAXED_SIMD_KERNELS, SIMD_KERNELS } from '../../src/kernels/generated/kernel-bytes.ts'

test.each([
  ['RELAXED_SIMD_KERNELS', RELAXED_SIMD_KERNELS],
  ['SIMD_KERNELS', SIMD_KERNELS],
] as const)('%s are what their source compiles to', async (name, encoded) => {
  const compiled = await compileKernels(KERNEL_FEATURES[name])
  expect(Buffer.from(compiled).toString('base64')).toBe(encoded)
})
