import {
  ARCFACE_TEMPLATE,
  createWorkerRetinaFace,
  type Face,
  transformPoint,
  type WebRetinaFace,
} from '@retinaface/web'
import { controlBar, toggle } from '../kit/controls.ts'
import { countFaces } from '../kit/count-faces.ts'
import { drawFaces, drawPoints } from '../kit/draw-faces.ts'
import { pixelCanvas } from '../kit/draw-pixels.ts'
import { element } from '../kit/element.ts'
import { tellLoading } from '../kit/loading.ts'
import { pickPhotos } from '../kit/pick-photos.ts'
import { picture } from '../kit/picture.ts'
import type { Stage } from '../kit/stage.ts'

const scale = 2

/** Cuts every face out as ArcFace expects it, here at twice the size. */
export default async function alignment(stage: Stage): Promise<void> {
  const photos = pickPhotos(stage)
  const view = picture(stage.root, 'The photo with five landmarks for each face')
  const bar = controlBar(stage.root)
  const points = toggle(bar, 'Landmarks and template', true, () => redraw?.())
  const crops = element('div', { className: 'example-crops' })
  stage.root.append(crops)
  let redraw: (() => void) | undefined
  let retinaface: WebRetinaFace | undefined

  for await (const image of photos) {
    view.show(image)
    retinaface ??= stage.keep(await createWorkerRetinaFace({ onProgress: tellLoading(stage) }))
    const faces = await retinaface.detect(image, { maxFaces: 12 })
    view.show(image, (context, screenPixel) => drawFaces(context, screenPixel, faces))
    const detector = retinaface
    redraw = () => void showCrops(detector, image, faces)
    await showCrops(detector, image, faces)
    stage.say(`${countFaces(faces.length)} aligned`)
  }

  async function showCrops(
    detector: WebRetinaFace,
    image: ImageBitmap,
    faces: readonly Face[],
  ): Promise<void> {
    const made = await Promise.all(
      faces.map(async (face, i) => {
        const aligned = await detector.align(image, face, { scale })
        const canvas = pixelCanvas(aligned.image)
        canvas.setAttribute('role', 'img')
        canvas.setAttribute('aria-label', `Face ${i + 1}, aligned`)
        const context = canvas.getContext('2d')!
        if (!points.checked) return canvas
        context.strokeStyle = '#ffffff'
        for (const [x, y] of ARCFACE_TEMPLATE.points) {
          context.strokeRect(scale * x - 4, scale * y - 4, 8, 8)
        }
        drawPoints(
          context,
          2.5,
          face.landmarks.map((point) => transformPoint(aligned.transform, point)),
        )
        return canvas
      }),
    )
    crops.replaceChildren(...made)
  }
}
