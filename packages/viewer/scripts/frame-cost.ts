import type {} from '../src/element.ts'
import { runApp } from '../test/support/app-visit.ts'

/**
 * What a frame of fifty faces with 1,833 vertices costs in Chromium, on software WebGL unless there is
 * a graphics card: `pnpm --filter @retinaface/viewer frame-cost`, after a build.
 */
const ROUNDS = 5

const app = await runApp()
const { page, close } = await app.visit({ viewport: { width: 1600, height: 780 } })
await page.click('#make-up')
await page.waitForSelector('body[data-state=shown]')
const renderer = await page.evaluate(() => {
  const gl = document.querySelector('retinaface-viewer')!.viewer!.canvas.getContext('webgl2')!
  return gl.getParameter(gl.getExtension('WEBGL_debug_renderer_info')!.UNMASKED_RENDERER_WEBGL)
})
// tsx gives functions their names with a helper that pages lack.
await page.evaluate('globalThis.__name = (named) => named')
const rounds = []
for (let round = 0; round < ROUNDS; round++) rounds.push(await page.evaluate(measure))
await close()
await app.close()

console.log(`${renderer}\n50 faces, medians of ${ROUNDS} rounds (least to most), milliseconds`)
for (const name of Object.keys(rounds[0]!) as (keyof (typeof rounds)[0])[]) {
  const values = rounds.map((round) => round[name]).toSorted((a, b) => a - b)
  const [least, median, most] = [0, Math.floor(ROUNDS / 2), ROUNDS - 1].map((i) => values[i]!)
  console.log(`${name}: ${median!.toFixed(1)} (${least!.toFixed(1)} to ${most!.toFixed(1)})`)
}

/** Runs in the page. */
async function measure(): Promise<Record<'turning' | 'updating' | 'thread', number>> {
  const frames = 40
  const element = document.querySelector('retinaface-viewer')!
  const viewer = element.viewer!
  const fifty = Array.from({ length: 50 }, (_, i) => {
    const face = element.faces[i % 5]!
    const centre = [200 + 300 * (i % 10), 200 + 300 * Math.floor(i / 10)] as const
    return { ...face, anchor: { centre, size: 400 } }
  })
  viewer.setOptions({ scene: 'overlay', material: 'model' })
  viewer.update(fifty)
  const gl = viewer.canvas.getContext('webgl2')!
  const pixel = new Uint8Array(4)
  const time = async (change: (frame: number) => void) => {
    const threads: number[] = []
    const wholes: number[] = []
    for (let frame = 0; frame < frames; frame++) {
      await new Promise(requestAnimationFrame)
      let begun = 0
      requestAnimationFrame(() => {
        begun = performance.now()
      })
      const changing = performance.now()
      change(frame)
      const changed = performance.now() - changing
      // Callbacks run in their order: the one above, the viewer's, this one.
      await new Promise(requestAnimationFrame)
      // Waits until the frame is drawn, on whatever draws it.
      gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, pixel)
      wholes.push(changed + performance.now() - begun)
      threads.push(viewer.statistics.frameMilliseconds)
    }
    return { whole: middle(wholes), thread: middle(threads) }
  }
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!
  viewer.setOptions({ scene: 'standing' })
  const turning = await time((frame) => viewer.turn(frame % 20 < 10 ? 0.5 : -0.5, 0))
  const updating = await time(() => viewer.update(fifty))
  return { turning: turning.whole, updating: updating.whole, thread: updating.thread }
}
