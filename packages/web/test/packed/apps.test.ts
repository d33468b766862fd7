import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import webpack from 'webpack'
import { APP_SCRIPT, type AppVisit, visitApp } from '../support/app-page.ts'
import { CHROMIUM } from '../support/chromium.ts'
import { installPacked } from '../support/packed-packages.ts'
import { samplePhoto } from '../support/sample-photo.ts'
import { ISOLATION, serveFolder } from '../support/static-server.ts'

// Each builds an app and opens it twice.
vi.setConfig({ testTimeout: 300_000 })

const strictPolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src 'self'"

const folder = mkdtempSync(join(tmpdir(), 'retinaface-apps-'))
let browser: Browser

beforeAll(async () => {
  installPacked(folder)
  writeFileSync(join(folder, 'main.js'), APP_SCRIPT)
  browser = await chromium.launch(CHROMIUM)
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true })
})

test('a Vite app under a strict Content-Security-Policy finds faces, with threads', async () => {
  writeFileSync(join(folder, 'index.html'), page('<script type="module" src="/main.js"></script>'))
  const outDir = join(folder, 'vite')
  await build({ root: folder, configFile: false, logLevel: 'error', build: { outDir } })
  const visit = await openApp(outDir, { ...ISOLATION, 'Content-Security-Policy': strictPolicy })
  expectFaces(visit)
  expect(visit.report.threads).toEqual([2, 2])
  expect(filesOfRuntime(outDir)).toEqual([])
})

test('what the build of an app that imports ONNX Runtime carries of it', async () => {
  writeFileSync(
    join(folder, 'with-runtime.js'),
    "import { onnxruntime } from '@retinaface/web/onnxruntime'\nconsole.log(onnxruntime)",
  )
  writeFileSync(
    join(folder, 'index.html'),
    page('<script type="module" src="/with-runtime.js"></script>'),
  )
  const outDir = join(folder, 'with-runtime')
  await build({ root: folder, configFile: false, logLevel: 'error', build: { outDir } })
  expect(filesOfRuntime(outDir)).toHaveLength(3)
})

test('a webpack app finds faces', async () => {
  const path = join(folder, 'webpack')
  mkdirSync(path)
  const compiler = webpack({
    mode: 'production',
    context: folder,
    entry: './main.js',
    output: { path, publicPath: '/' },
    performance: { hints: false },
  })
  const stats = await new Promise<webpack.Stats>((resolve, reject) => {
    compiler.run((error, result) => (result ? resolve(result) : reject(error)))
  })
  expect(filesOfRuntime(path)).toEqual([])
  expect(stats.toJson({ all: false, errors: true, warnings: true })).toMatchObject({
    errors: [],
    warnings: [],
  })
  writeFileSync(join(path, 'index.html'), page('<script defer src="/main.js"></script>'))
  const visit = await openApp(path, {})
  expectFaces(visit)
  expect(visit.report.threads).toEqual([1, 1])
  const isolated = await openApp(path, { ...ISOLATION, 'Content-Security-Policy': strictPolicy })
  expectFaces(isolated)
  expect(isolated.report.threads).toEqual([2, 2])
})

test('a page without a bundler finds faces', async () => {
  const imports = Object.fromEntries(
    ['web', 'core', 'models', 'mesh-decoder'].map((name) => [
      `@retinaface/${name}`,
      `/node_modules/@retinaface/${name}/dist/index.js`,
    ]),
  )
  const map = {
    imports: {
      ...imports,
      '@retinaface/mesh-decoder/errors': '/node_modules/@retinaface/mesh-decoder/dist/errors.js',
      '@retinaface/mesh-decoder/kernel': '/node_modules/@retinaface/mesh-decoder/dist/kernel.js',
      '@retinaface/core/platform': '/node_modules/@retinaface/core/dist/platform.js',
      'onnxruntime-common': '/node_modules/onnxruntime-common/dist/esm/index.js',
      'gl-matrix': '/node_modules/gl-matrix/esm/index.js',
    },
  }
  writeFileSync(
    join(folder, 'index.html'),
    page(
      `<script type="importmap">${JSON.stringify(map)}</script><script type="module" src="/main.js"></script>`,
    ),
  )
  const visit = await openApp(folder, ISOLATION)
  expectFaces(visit)
  expect(visit.report.threads).toEqual([2, 2])
})

function filesOfRuntime(build: string): string[] {
  const files = readdirSync(build, { recursive: true, encoding: 'utf8' })
  return files.filter((file) => /ort-(wasm|gpu)/.test(file) || /\bwasm$/.test(file))
}

async function openApp(root: string, headers: Record<string, unknown>): Promise<AppVisit> {
  cpSync(samplePhoto(5), join(root, 'photo.jpg'))
  const server = await serveFolder(root, headers as typeof ISOLATION)
  try {
    const visit = await visitApp(browser, `${server.origin}/`)
    const origins = new Set(visit.requests.map((url) => new URL(url).origin))
    expect([...origins]).toEqual([server.origin])
    return visit
  } finally {
    server.close()
  }
}

function expectFaces({ report, complaints, requests }: AppVisit): void {
  expect(complaints).toEqual([])
  expect(report.direct.length).toBeGreaterThan(0)
  expect(report.worker).toEqual(report.direct)
  expect(report.threaded).toEqual([report.direct, report.direct])
  expect(requests.filter((url) => /\bort-/.test(url))).toEqual([])
}

function page(scripts: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Faces</title><link rel="icon" href="/photo.jpg"></head><body>${scripts}</body></html>`
}
