import { afterEach, describe, expect, it, vi } from 'vitest'
import { compileResizeKernel as compileSource } from '../../scripts/compile-resize-kernel.ts'
import { RESIZE_KERNEL_BYTES } from '../../src/image/generated/resize-kernel-bytes.ts'
import { compileResizeKernel } from '../../src/image/resize-kernel.ts'

// Other files of the same worker would share the modules that found no WebAssembly.
afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

describe('the kernel for resizing', () => {
  it('is compiled from its source in this repository', async () => {
    expect(Buffer.from(await compileSource()).equals(RESIZE_KERNEL_BYTES)).toBe(true)
  })

  const engines: [string, object | undefined][] = [
    ['without WebAssembly', undefined],
    ['without SIMD', { ...members(), validate: () => false }],
    ['whose content security policy forbids to compile', { ...members(), Module: refuse }],
  ]

  it.each(engines)('gives way to JavaScript in an engine %s', async (_name, engine) => {
    vi.stubGlobal('WebAssembly', engine)
    expect(compileResizeKernel()).toBeUndefined()
    vi.resetModules()
    const { resizeImage } = await import('../../src/image/resize-image.ts')
    const image = {
      data: Uint8Array.of(0, 100, 200, 60),
      width: 2,
      height: 2,
      channels: 1,
    } as const
    expect(resizeImage(image, 1, 1).data).toEqual(Uint8Array.of(90))
  })
})

/** What an engine with WebAssembly offers. */
function members(): object {
  const { Memory, Module, Instance, validate } = Reflect.get(globalThis, 'WebAssembly')
  return { Memory, Module, Instance, validate }
}

function refuse(): never {
  throw new EvalError('Refused to compile by the content security policy')
}
