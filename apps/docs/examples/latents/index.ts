import {
  clearRasterTarget,
  coloredMesh,
  createRasterTarget,
  renderFace,
  rotationVectorOfPose,
} from '@retinaface/mesh-decoder'
import { button, controlBar, slider } from '../kit/controls.ts'
import { formatTime } from '../kit/count-faces.ts'
import { dragToTurn } from '../kit/drag-to-turn.ts'
import { element } from '../kit/element.ts'
import { loadFaceModel } from '../kit/load-face-model.ts'
import type { Stage } from '../kit/stage.ts'
import { influences } from './influence.ts'

const size = 420
const light = [20, 25, 60, 0.5, 0.48, 0.45, 0.52, 0.53, 0.56]
const distance = 60

/** Decodes, lights and draws a face as its latents change, on the processor alone. */
export default async function latents(stage: Stage): Promise<void> {
  stage.say('Loading the mesh decoder …')
  const { decoder, triangles } = await loadFaceModel(stage.signal)
  const canvas = element('canvas', { width: size, height: size, className: 'example-head' })
  canvas.setAttribute('aria-label', 'A face; drag or use the arrow keys to turn it')
  stage.root.append(canvas)
  const latent = new Float32Array(decoder.latentSize)
  const decoded = new Float32Array(decoder.vertexCount * 6)
  const target = createRasterTarget(size, size, 2)
  const pinhole = { focalLength: 16 * distance, principalX: size / 2, principalY: size / 2 - 10 }
  const pose = dragToTurn(canvas, draw)

  const all = influences(decoder)
  const shapes = all.toSorted((a, b) => b.shape - a.shape).slice(0, 6)
  const rest = all.filter((one) => !shapes.includes(one))
  const colors = rest.toSorted((a, b) => b.color - a.color).slice(0, 2)
  const bar = controlBar(stage.root)
  const sliders = [...shapes, ...colors].map(({ index }, i) => {
    const label = `${i < shapes.length ? 'Shape' : 'Colour'}, latent ${index}`
    const format = (value: number) => value.toFixed(1)
    const range = { label, min: -3, max: 3, step: 0.1, value: 0, format }
    const control = slider(bar, range, (value) => {
      latent[index] = value
      draw()
    })
    return { index, control }
  })
  button(bar, 'Random face', () => set(() => 0.7 * randomNormal()))
  button(bar, 'Mean face', () => set(() => 0))
  draw()

  function set(choose: () => number): void {
    for (let i = 0; i < latent.length; i++) latent[i] = choose()
    for (const { index, control } of sliders) control.value = latent[index]!
    draw()
  }

  function draw(): void {
    const begin = performance.now()
    decoder.decode(latent, decoded)
    const drawing = performance.now()
    const camera = [0, 0, -distance, ...rotationVectorOfPose(pose), 1]
    clearRasterTarget(target)
    renderFace(coloredMesh(decoded, triangles), camera, light, pinhole, target)
    const pixels = new ImageData(new Uint8ClampedArray(target.rgba), size, size)
    canvas.getContext('2d')!.putImageData(pixels, 0, 0)
    const [decode, render] = [drawing - begin, performance.now() - drawing]
    stage.say(`Decoded in ${decode.toFixed(1)} ms, lit and drawn in ${formatTime(render)}`)
  }
}

function randomNormal(): number {
  const [u, v] = [1 - Math.random(), Math.random()]
  return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v)
}
