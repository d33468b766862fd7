import { createWorkerRetinaFace, type Face, type WebRetinaFace } from '@retinaface/web'
import { controlBar, toggle } from '../kit/controls.ts'
import { countFaces, formatTime } from '../kit/count-faces.ts'
import { drawFaces, drawMesh } from '../kit/draw-faces.ts'
import { tellLoading } from '../kit/loading.ts'
import { pickPhotos } from '../kit/pick-photos.ts'
import { picture } from '../kit/picture.ts'
import type { Stage } from '../kit/stage.ts'

/** Finds the faces of a photo and draws them. */
export default async function photo(stage: Stage): Promise<void> {
  const photos = pickPhotos(stage)
  const view = picture(stage.root, 'The photo with the faces that were found')
  const bar = controlBar(stage.root)
  const boxes = toggle(bar, 'Boxes and landmarks', true, () => draw?.())
  const meshes = toggle(bar, 'Meshes', true, () => draw?.())
  let draw: (() => void) | undefined
  let retinaface: WebRetinaFace | undefined

  for await (const image of photos) {
    view.show(image)
    retinaface ??= stage.keep(await createWorkerRetinaFace({ onProgress: tellLoading(stage) }))
    const begin = performance.now()
    const faces = await retinaface.detect(image)
    const found = `${countFaces(faces.length)} in ${formatTime(performance.now() - begin)}`
    stage.say(found)
    show(image, faces)
    // Their files are five times as large as the network's, so the faces do not wait for them.
    const beginMeshes = performance.now()
    const withMeshes = await retinaface.detect(image, { mesh: true })
    stage.say(`${found}, meshes in ${formatTime(performance.now() - beginMeshes)}`)
    show(image, withMeshes)
  }

  function show(image: ImageBitmap, faces: readonly Face[]): void {
    draw = () => showFaces(image, faces)
    draw()
  }

  function showFaces(image: ImageBitmap, faces: readonly Face[]): void {
    view.show(image, (context, screenPixel) => {
      if (meshes.checked) {
        for (const { mesh } of faces) if (mesh) drawMesh(context, screenPixel, mesh)
      }
      if (boxes.checked) drawFaces(context, screenPixel, faces)
    })
  }
}
