import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Route } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CHROMIUM } from './support/chromium.ts'
import { simpleFace } from './support/simple-face.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const importMap = /<script type="importmap">.*?<\/script>/s.exec(readme)![0]
const element = /<script type="module">\s*import { defineFaceViewerElement.*?<\/script>/s.exec(
  readme,
)![0]

/** Where the packages lie that npm puts in one folder. */
const packages: Readonly<Record<string, string>> = {
  '@retinaface/viewer': '../',
  '@retinaface/mesh-decoder': '../../mesh-decoder/',
  'gl-matrix': '../../mesh-decoder/node_modules/gl-matrix/',
  three: '../node_modules/three/',
}

const origin = 'http://page.test'
const page = `<!doctype html>
${importMap}
${element}
<div id="faces" style="width: 300px; height: 200px"></div>
<retinaface-viewer style="display: block; width: 300px; height: 200px"></retinaface-viewer>
<script type="module">
  import { createFaceViewer } from '@retinaface/viewer'
  window.viewer = createFaceViewer(document.querySelector('#faces'))
</script>`

let browser: Browser
beforeAll(async () => {
  browser = await chromium.launch(CHROMIUM)
})
afterAll(() => browser.close())

/** Answers as a server does whose folder has `node_modules`. */
async function serve(route: Route): Promise<void> {
  const { pathname } = new URL(route.request().url())
  if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: page })
  const [, name, file] = /^\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(.+)$/.exec(pathname) ?? []
  const folder = name && packages[name]
  if (!folder) return route.fulfill({ status: 404 })
  const path = fileURLToPath(new URL(`${folder}${file}`, import.meta.url))
  return route.fulfill({ contentType: 'text/javascript', body: readFileSync(path) })
}

test('the import map that the README gives lets a page without a bundler show faces', async () => {
  const visit = await browser.newPage()
  const complaints: string[] = []
  visit.on('pageerror', (error) => complaints.push(String(error)))
  visit.on('response', (response) => {
    if (response.status() !== 200) complaints.push(`${response.status()} ${response.url()}`)
  })
  await visit.route('**/*', serve)
  await visit.goto(origin)
  await visit.waitForFunction(() => 'viewer' in window)
  const { mesh, ...face } = simpleFace()
  const parts = Object.entries(mesh!).map(([name, values]) => [name, Array.from(values)] as const)
  const shown = await visit.evaluate(
    async ({ face, parts, camera }) => {
      const { viewer } = window as unknown as { viewer: import('../src/index.ts').FaceViewer }
      const arrays = parts.map(([name, values]) => [
        name,
        name === 'triangles' ? Int32Array.from(values) : Float32Array.from(values),
      ])
      const whole = { ...face, camera: Float32Array.from(camera), mesh: Object.fromEntries(arrays) }
      viewer.update([whole])
      const own = document.querySelector('retinaface-viewer') as HTMLElement & { faces: unknown }
      own.faces = [whole]
      const picture = await viewer.screenshot()
      return { size: picture.size, element: own.shadowRoot !== null }
    },
    { face, parts, camera: Array.from(face.camera!) },
  )
  expect(complaints).toEqual([])
  expect(shown.element).toBe(true)
  expect(shown.size).toBeGreaterThan(1000)
  await visit.close()
})
