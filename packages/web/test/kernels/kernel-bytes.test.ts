import { expect, test } from 'vitest'
import { compileKernels, KERNEL_FEATURES } from '../../scripts/compile-kernels.ts'
import { decodeKernels } from '../../src/kernels/decode-kernels.ts'
import { RELAXED_SIMD_KERNELS, SIMD_KERNELS } from '../../src/kernels/generated/kernel-bytes.ts'

const builds = [
  ['RELAXED_SIMD_KERNELS', RELAXED_SIMD_KERNELS],
  ['SIMD_KERNELS', SIMD_KERNELS],
] as const

test.each(builds)('%s are what their source compiles to', async (name, encoded) => {
  const compiled = await compileKernels(KERNEL_FEATURES[name])
  expect(Buffer.from(compiled).toString('base64')).toBe(encoded)
  expect(Buffer.from(decodeKernels(encoded, false))).toEqual(Buffer.from(compiled))
})

test.each(builds)(
  '%s for shared memory are what the compiler makes for it',
  async (name, encoded) => {
    const features = [...KERNEL_FEATURES[name], 'threads']
    const compiled = await compileKernels(features, ['--sharedMemory'])
    expect(Buffer.from(decodeKernels(encoded, true))).toEqual(Buffer.from(compiled))
  },
)
