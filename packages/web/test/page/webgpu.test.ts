import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { samplePhoto } from '../support/sample-photo.ts'
import { openSourcePage } from '../support/source-page.ts'

test('WebGPU, here Chromium’s own in software, finds the faces that WebAssembly finds', async () => {
  const source = await openSourcePage({
    args: [
      '--enable-unsafe-webgpu',
      '--use-webgpu-adapter=swiftshader',
      '--enable-features=Vulkan',
      '--ignore-gpu-blocklist',
    ],
  })
  await source.page.route('**/photo.jpg', (route) =>
    route.fulfill({ body: readFileSync(samplePhoto(3)), contentType: 'image/jpeg' }),
  )
  await source.page.addScriptTag({
    type: 'module',
    content: 'import { webgpu } from "/src/gpu.ts"; globalThis.webgpu = webgpu',
  })
  await source.page.waitForFunction(() => 'webgpu' in globalThis)
  const { active, found, expected } = await source.page.evaluate(async () => {
    const { createWorkerRetinaFace, wasm } = globalThis.retinaface
    const { webgpu } = globalThis as unknown as { webgpu: typeof wasm }
    const detect = async (provider: typeof wasm) => {
      const detector = await createWorkerRetinaFace({ provider })
      const faces = await detector.detect('/photo.jpg', { inputSize: 320 })
      await detector.dispose()
      return { faces: faces.map(({ box, score }) => [...box, score]), active: detector.provider }
    }
    const [gpu, cpu] = [await detect(webgpu), await detect(wasm)]
    return { active: gpu.active, found: gpu.faces, expected: cpu.faces }
  })
  await source.close()
  expect(active.name).toBe('webgpu')
  expect(found.length).toBe(expected.length)
  expect(found.length).toBeGreaterThan(0)
  found.flat().forEach((value, i) => {
    expect(Math.abs(value - expected.flat()[i]!)).toBeLessThan(0.5)
  })
})
