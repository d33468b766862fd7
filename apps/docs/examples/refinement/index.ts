import {
  coloredMesh,
  createRasterTarget,
  cropPinhole,
  pinholeOf,
  type RefineStep,
  refineSteps,
  renderFace,
} from '@retinaface/mesh-decoder'
import { createWorkerRetinaFace, type Face, type WebRetinaFace } from '@retinaface/web'
import { controlBar, slider } from '../kit/controls.ts'
import { element } from '../kit/element.ts'
import { type LoadedFaceModel, loadFaceModel } from '../kit/load-face-model.ts'
import { tellLoading } from '../kit/loading.ts'
import { pickPhotos } from '../kit/pick-photos.ts'
import type { Stage } from '../kit/stage.ts'
import { lossChart } from './loss-chart.ts'

const size = 320
const steps = 10

/** Fits a face to the photo, and lets the visitor look at every step of it. */
export default async function refinement(stage: Stage): Promise<void> {
  const photos = pickPhotos(stage)
  const views = element('div', { className: 'example-crops' })
  const [photo, face, both] = ['The photo', 'The model', 'The model over the photo'].map(
    (label) => {
      const canvas = element('canvas', { width: size, height: size })
      canvas.setAttribute('role', 'img')
      canvas.setAttribute('aria-label', label)
      views.append(element('figure', {}, [canvas, element('figcaption', {}, [label])]))
      return canvas.getContext('2d')!
    },
  )
  stage.root.append(views)
  const chart = lossChart(stage.root)
  const bar = controlBar(stage.root)
  const step = slider(bar, { label: 'Step', min: 0, max: steps, step: 1, value: 0 }, () => draw?.())
  let draw: (() => void) | undefined
  let retinaface: WebRetinaFace | undefined
  let model: LoadedFaceModel | undefined

  for await (const image of photos) {
    retinaface ??= stage.keep(await createWorkerRetinaFace({ onProgress: tellLoading(stage) }))
    model ??= await loadFaceModel(stage.signal)
    const [largest] = (await retinaface.detect(image, { mesh: true })).toSorted(byWidth)
    if (!largest) {
      stage.say('No face in this photo.')
      continue
    }
    await refine(image, await retinaface.readImage(image), largest, model)
  }

  async function refine(
    image: ImageBitmap,
    pixels: Awaited<ReturnType<WebRetinaFace['readImage']>>,
    { latent, camera, light, anchor, box }: Face,
    { decoder, triangles }: LoadedFaceModel,
  ): Promise<void> {
    const taken: RefineStep[] = []
    draw = () => show(image, taken[Math.min(step.value, taken.length - 1)]!)
    const start = { latent: latent!, camera: camera!, light: light! }
    for (const next of refineSteps(pixels, start, { decoder, triangles, anchor, steps })) {
      taken.push(next)
      step.value = taken.length - 1
      chart.show(taken.map((one) => one.loss))
      draw()
      // The page stays alive between the steps.
      await new Promise((resolve) => setTimeout(resolve, 120))
      if (stage.signal.aborted) return
    }

    function show(source: ImageBitmap, { parameters, loss }: RefineStep): void {
      const { latent, camera, light } = parameters
      const side = 1.5 * Math.max(box[2] - box[0], box[3] - box[1])
      const [left, top] = [(box[0] + box[2] - side) / 2, (box[1] + box[3] - side) / 2]
      const pinhole = cropPinhole(pinholeOf(camera, anchor), left, top, size / side)
      const target = createRasterTarget(size, size, 2)
      renderFace(coloredMesh(decoder.decode(latent), triangles), camera, light, pinhole, target)
      const layer = element('canvas', { width: size, height: size })
      const drawn = new ImageData(new Uint8ClampedArray(target.rgba), size, size)
      layer.getContext('2d')!.putImageData(drawn, 0, 0)
      for (const context of [photo!, both!]) {
        context.clearRect(0, 0, size, size)
        context.drawImage(source, left, top, side, side, 0, 0, size, size)
      }
      face!.clearRect(0, 0, size, size)
      for (const context of [face!, both!]) context.drawImage(layer, 0, 0)
      const at = Math.min(step.value, taken.length - 1)
      stage.say(`Step ${at} of ${taken.length - 1}: a pixel differs by ${loss.toFixed(3)}`)
    }
  }
}

function byWidth(a: Face, b: Face): number {
  return b.box[2] - b.box[0] - (a.box[2] - a.box[0])
}
