import { createFaceViewer, VIEWER_CHOICES } from '@retinaface/viewer'
import { createWorkerRetinaFace, type WebRetinaFace } from '@retinaface/web'
import { button, choice, controlBar, toggle } from '../kit/controls.ts'
import { countFaces } from '../kit/count-faces.ts'
import { element } from '../kit/element.ts'
import { loadExpressionTargets } from '../kit/load-face-model.ts'
import { tellLoading } from '../kit/loading.ts'
import { pickPhotos } from '../kit/pick-photos.ts'
import { saveFile } from '../kit/save-file.ts'
import type { Stage } from '../kit/stage.ts'
import { expressionSliders } from './expression-sliders.ts'

/** Shows the meshes of a photo in three dimensions. */
export default async function viewer(stage: Stage): Promise<void> {
  const photos = pickPhotos(stage)
  const container = element('div', { className: 'example-viewer' })
  stage.root.append(container)
  const targets = await loadExpressionTargets(stage.signal)
  const shown = stage.keep(createFaceViewer(container, { scene: 'standing', targets }))

  const bar = controlBar(stage.root)
  const scene = choice(bar, 'Scene', VIEWER_CHOICES.scene, (value) =>
    shown.setOptions({ scene: value }),
  )
  scene.value = 'standing'
  choice(bar, 'Material', VIEWER_CHOICES.material, (value) => shown.setOptions({ material: value }))
  choice(bar, 'Light', VIEWER_CHOICES.light, (value) => shown.setOptions({ light: value }))
  const axes = toggle(bar, 'Axes', false, () => shown.setOptions({ poseAxes: axes.checked }))
  button(bar, 'Reset the view', () => shown.resetView())
  button(bar, 'Save as GLB', async () => {
    for (const { name, blob } of await shown.exportFace('glb')) saveFile(blob, name)
  })

  const showSliders = expressionSliders(stage, shown, targets)

  let retinaface: WebRetinaFace | undefined
  for await (const image of photos) {
    retinaface ??= stage.keep(await createWorkerRetinaFace({ onProgress: tellLoading(stage) }))
    const faces = await retinaface.detect(image, { mesh: true, expressions: true })
    shown.update(faces, image)
    showSliders(faces)
    stage.say(`${countFaces(faces.length)}, drawn by ${shown.renderer}`)
  }
}
