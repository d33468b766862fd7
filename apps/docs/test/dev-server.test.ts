import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { ISOLATION } from '../.vitepress/headers.ts'

const docs = fileURLToPath(new URL('../', import.meta.url))
const manifest = createRequire(import.meta.url).resolve('vitepress/package.json')
const command = join(dirname(manifest), 'bin/vitepress.js')
const runtime = fileURLToPath(
  new URL('../../../packages/web/assets/generated/ort-wasm.mjs', import.meta.url),
)

test('the development server isolates its pages, and the scripts that threads start from', async () => {
  const env = { ...process.env, NO_COLOR: '1' }
  const server = spawn(process.execPath, [command, 'dev', '--port', '5273'], { cwd: docs, env })
  try {
    let origin: string | undefined
    for await (const line of createInterface({ input: server.stdout })) {
      origin = /Local:\s+(http:\S+)\/$/.exec(line)?.[1]
      if (origin) break
    }
    for (const path of ['/guide/quick-start', `/@fs${runtime}`]) {
      const { status, headers } = await fetch(`${origin}${path}`)
      expect(status, path).toBe(200)
      for (const [name, value] of Object.entries(ISOLATION)) {
        expect(headers.get(name), path).toBe(value)
      }
    }
  } finally {
    server.kill()
    await once(server, 'exit')
  }
})
