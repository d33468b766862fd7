import { createWorkerRetinaFace, type Face, type WebRetinaFace } from '@retinaface/web'
import { button, choice, controlBar, slider } from '../kit/controls.ts'
import { countFaces } from '../kit/count-faces.ts'
import { element } from '../kit/element.ts'
import { tellLoading } from '../kit/loading.ts'
import { pickPhotos } from '../kit/pick-photos.ts'
import { picture } from '../kit/picture.ts'
import { saveFile } from '../kit/save-file.ts'
import type { Stage } from '../kit/stage.ts'

/** Hides every face of a photo. */
export default async function blur(stage: Stage): Promise<void> {
  const photos = pickPhotos(stage)
  const view = picture(stage.root, 'The photo with every face hidden')
  const bar = controlBar(stage.root)
  const style = choice(bar, 'Style', ['blur', 'pixelate', 'fill'], () => draw?.())
  const margin = slider(
    bar,
    {
      label: 'Margin',
      min: 0,
      max: 0.6,
      step: 0.05,
      value: 0.2,
      format: (value) => `${Math.round(100 * value)} %`,
    },
    () => draw?.(),
  )
  const save = button(bar, 'Save the picture', () =>
    view.canvas.toBlob((blob) => saveFile(blob!, 'hidden-faces.png')),
  )
  let draw: (() => void) | undefined
  let retinaface: WebRetinaFace | undefined
  save.disabled = true

  for await (const image of photos) {
    // Nothing is shown before it is hidden.
    retinaface ??= stage.keep(await createWorkerRetinaFace({ onProgress: tellLoading(stage) }))
    const faces = await retinaface.detect(image, { scoreThreshold: 0.3 })
    draw = () =>
      view.show(image, (context) => {
        for (const face of faces) hide(context, image, face)
      })
    draw()
    save.disabled = false
    stage.say(`${countFaces(faces.length)} hidden`)
  }

  function hide(context: CanvasRenderingContext2D, image: ImageBitmap, { box }: Face): void {
    const [x1, y1, x2, y2] = box
    const [width, height] = [(x2 - x1) * (1 + margin.value), (y2 - y1) * (1 + margin.value)]
    const [left, top] = [(x1 + x2 - width) / 2, (y1 + y2 - height) / 2]
    context.save()
    context.beginPath()
    context.ellipse(left + width / 2, top + height / 2, width / 2, height / 2, 0, 0, 2 * Math.PI)
    context.clip()
    if (style.value === 'fill') {
      context.fillStyle = '#111827'
      context.fillRect(left, top, width, height)
    } else {
      // Of the picture only: beyond its border there is nothing to hide the face with.
      const [x, y] = [Math.max(0, left), Math.max(0, top)]
      const across = Math.min(image.width, left + width) - x
      const down = Math.min(image.height, top + height) - y
      // A face of 8 × 10 samples is nobody's.
      const columns = Math.max(1, Math.round((8 * across) / width))
      const rows = Math.max(1, Math.round((10 * down) / height))
      const few = element('canvas', { width: columns, height: rows })
      // Through translucent samples the face would be seen.
      const small = few.getContext('2d', { alpha: false })!
      small.imageSmoothingQuality = 'high'
      small.drawImage(image, x, y, across, down, 0, 0, columns, rows)
      context.imageSmoothingEnabled = style.value === 'blur'
      context.imageSmoothingQuality = 'high'
      context.drawImage(few, x, y, across, down)
    }
    context.restore()
  }
}
