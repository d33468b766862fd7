import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createRetinaFace } from '@retinaface/node'
import {
  exportFace,
  hasMesh,
  readExpressionTargets,
  readFaceTopology,
} from '@retinaface/node/results'
import { build, type PreviewServer, preview } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { samplePhoto } from './support/sample-photo.ts'
import { type Visit, visit } from './support/visit.ts'

// Inside the package, so that the example finds what it imports.
const root = fileURLToPath(new URL('../.vitepress/cache/drive-an-avatar/', import.meta.url))
const example = fileURLToPath(new URL('../../../examples/drive-an-avatar/', import.meta.url))

let server: PreviewServer
let seen: Visit | undefined
beforeAll(async () => {
  rmSync(root, { recursive: true, force: true })
  cpSync(example, root, { recursive: true })
  mkdirSync(`${root}public`)
  writeFileSync(`${root}public/photo-1.glb`, await makeHead())
  await build({ root, logLevel: 'error' })
  server = await preview({ root, logLevel: 'error', preview: { port: 0, host: '127.0.0.1' } })
})
afterAll(async () => {
  await seen?.close()
  await server?.close()
  rmSync(root, { recursive: true, force: true })
})

/** As `retinaface mesh --morph-targets` writes it. */
async function makeHead(): Promise<Uint8Array> {
  const retinaface = await createRetinaFace({ threads: 1 })
  const options = { mesh: true, expressions: true, maxFaces: 1 }
  const [face] = await retinaface.detect(samplePhoto(5), options)
  await retinaface.dispose()
  const targets = await readExpressionTargets(await readFaceTopology())
  if (!face || !hasMesh(face)) throw new Error('Expected a face in the photograph.')
  const files = exportFace(face, 'photo-1', new Set(['glb']), undefined, { targets })
  for await (const { data } of files) return data
  throw new Error('Expected a GLB file.')
}

test('the example’s head is shown, and turns with the face before the camera', async () => {
  seen = await visit('/', { origin: new URL(server.resolvedUrls!.local[0]!).origin })
  const canvas = seen.page.locator('canvas')
  const looks = new Set<string>()
  const empty = (await canvas.screenshot()).length
  const shown = async () => {
    const picture = await canvas.screenshot()
    if (picture.length > 2 * empty) looks.add(picture.toString('base64'))
    return looks.size
  }
  await expect.poll(shown, { timeout: 150_000 }).toBeGreaterThan(1)
  expect(seen.complaints).toEqual([])
}, 200_000)
