import {
  createWorkerRetinaFace,
  DEFAULT_MARGIN,
  findFacesToHide,
  HIDE_STYLES,
  hideFaces,
  type WebRetinaFace,
} from '@retinaface/web'
import { button, choice, controlBar, slider } from '../kit/controls.ts'
import { countFaces } from '../kit/count-faces.ts'
import { pixelCanvas } from '../kit/draw-pixels.ts'
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
  const style = choice(bar, 'Style', HIDE_STYLES, () => draw?.())
  const margin = slider(
    bar,
    {
      label: 'Margin',
      min: 0,
      max: 0.6,
      step: 0.05,
      value: DEFAULT_MARGIN,
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

  for await (const bitmap of photos) {
    // Nothing is shown before it is hidden.
    retinaface ??= stage.keep(await createWorkerRetinaFace({ onProgress: tellLoading(stage) }))
    const photo = await retinaface.readImage(bitmap)
    const faces = await findFacesToHide(retinaface, photo)
    draw = () => {
      const hidden = hideFaces(photo, faces, { style: style.value, margin: margin.value })
      view.show(pixelCanvas(hidden))
    }
    draw()
    save.disabled = false
    stage.say(`${countFaces(faces.length)} hidden`)
  }
}
