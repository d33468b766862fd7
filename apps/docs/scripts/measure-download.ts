import type { Browser, Request } from 'playwright'

/** What a visitor downloads until the page reports the first face, in bytes as they were sent. */
export interface Download {
  /** Of the page itself: HTML, scripts, styles, icon and samples. */
  readonly page: number
  /** Of scripts that the example adds. */
  readonly scripts: number
  /** Of WebAssembly: the kernels that run the network. */
  readonly kernels: number
  /** Of the network and the refinement of its landmarks. */
  readonly weights: number
  readonly total: number
}

/** Opens the home page as a new visitor, asks for the faces of the first sample, and counts. */
export async function measureDownload(browser: Browser, site: string): Promise<Download> {
  const context = await browser.newContext({ serviceWorkers: 'block' })
  const page = await context.newPage()
  const sent = { page: 0, scripts: 0, kernels: 0, weights: 0 }
  let asked = false
  const counting: Promise<void>[] = []
  const count = (request: Request) => {
    const kind = kindOf(new URL(request.url()).pathname, asked)
    counting.push(
      request.sizes().then(({ responseBodySize, responseHeadersSize }) => {
        sent[kind] += responseBodySize + responseHeadersSize
      }),
    )
  }
  context.on('requestfinished', count)
  // Faces are reported without meshes, whose files may begin to come at that moment.
  await page.route(/dense-head|mesh-decoder|face-topology/, () => undefined)
  await page.goto(site, { waitUntil: 'networkidle' })
  asked = true
  await page.getByRole('button', { name: 'Find the faces' }).click()
  await page.locator('.example-status', { hasText: /faces? in / }).waitFor({ timeout: 60_000 })
  // What ends from here on is not counted: sizes cannot be asked for while the page closes.
  context.off('requestfinished', count)
  await Promise.all(counting)
  await context.close()
  return { ...sent, total: Object.values(sent).reduce((sum, bytes) => sum + bytes, 0) }
}

function kindOf(path: string, asked: boolean): Exclude<keyof Download, 'total'> {
  if (/\.(onnx|safetensors)$/.test(path)) return 'weights'
  if (/\.wasm$|\/ort-/.test(path)) return 'kernels'
  return asked ? 'scripts' : 'page'
}
