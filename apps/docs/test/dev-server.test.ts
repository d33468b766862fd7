import { fileURLToPath } from 'node:url'
import { createServer } from 'vitepress'
import { expect, test } from 'vitest'
import { ISOLATION } from '../.vitepress/headers.ts'

const docs = fileURLToPath(new URL('../', import.meta.url))

test('the development server isolates its pages, and the scripts that threads start from', async () => {
  const server = await createServer(docs, { port: 0 })
  await server.listen()
  try {
    const [origin] = server.resolvedUrls?.local ?? []
    const runtime = fileURLToPath(
      new URL('../../../packages/web/assets/generated/ort-wasm.mjs', import.meta.url),
    )
    for (const path of ['guide/quick-start', `@fs${runtime}`]) {
      const response = await fetch(`${origin}${path}`)
      expect(response.status).toBe(200)
      for (const [name, value] of Object.entries(ISOLATION)) {
        expect(response.headers.get(name), path).toBe(value)
      }
    }
  } finally {
    await server.close()
  }
})
