import type { TrackedFace } from '@retinaface/web'
import { cameraButtons } from '../kit/camera.ts'
import { controlBar, toggle } from '../kit/controls.ts'
import { drawMesh, drawPoints } from '../kit/draw-faces.ts'
import { picture } from '../kit/picture.ts'
import type { Stage } from '../kit/stage.ts'
import { tellRate } from '../kit/tell-rate.ts'

const colors = ['#2dd4bf', '#f472b6', '#facc15', '#60a5fa', '#fb923c', '#a3e635']

/** Follows the faces before the camera. */
export default async function webcam(stage: Stage): Promise<void> {
  const view = picture(stage.root, 'The camera, with the faces that are followed')
  const bar = controlBar(stage.root)
  // Shown as a mirror shows it.
  view.canvas.classList.add('mirrored')
  cameraButtons(stage, bar, {
    detect: { mesh: true },
    begin(video) {
      const tell = tellRate(stage.say)
      return (faces, time) => {
        view.show(video, (context, screenPixel) => draw(context, screenPixel, faces))
        tell(faces.length, time)
      }
    },
  })
  const meshes = toggle(bar, 'Meshes', true, () => undefined)

  function draw(
    context: CanvasRenderingContext2D,
    screenPixel: number,
    faces: readonly TrackedFace[],
  ): void {
    for (const { id, box, landmarks, mesh } of faces) {
      const [x1, y1, x2, y2] = box
      if (mesh && meshes.checked) drawMesh(context, screenPixel, mesh)
      drawPoints(context, 2.5 * screenPixel, landmarks)
      context.lineWidth = 3 * screenPixel
      context.strokeStyle = colors[id % colors.length]!
      context.strokeRect(x1, y1, x2 - x1, y2 - y1)
    }
  }
}
