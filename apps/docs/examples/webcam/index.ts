import { createWorkerRetinaFace, detectVideo, type TrackedFace } from '@retinaface/web'
import { button, controlBar, toggle } from '../kit/controls.ts'
import { countFaces } from '../kit/count-faces.ts'
import { drawMesh, drawPoints } from '../kit/draw-faces.ts'
import { tellLoading } from '../kit/loading.ts'
import { picture } from '../kit/picture.ts'
import type { Stage } from '../kit/stage.ts'

const colors = ['#2dd4bf', '#f472b6', '#facc15', '#60a5fa', '#fb923c', '#a3e635']

/** Follows the faces before the camera. */
export default async function webcam(stage: Stage): Promise<void> {
  const view = picture(stage.root, 'The camera, with the faces that are followed')
  const bar = controlBar(stage.root)
  const start = button(bar, 'Start the camera', () => follow())
  const stop = button(bar, 'Stop', () => running?.abort())
  const meshes = toggle(bar, 'Meshes', true, () => undefined)
  let running: AbortController | undefined
  stop.disabled = true
  // Shown as a mirror shows it.
  view.canvas.classList.add('mirrored')
  stage.onCleanup(() => running?.abort())
  stage.say('The camera starts when you say so.')

  async function follow(): Promise<void> {
    running = new AbortController()
    const { signal } = running
    start.disabled = true
    stop.disabled = false
    try {
      await followCamera(signal)
      stage.say('The camera is off.')
    } catch (error) {
      stage.say(`No camera: ${error instanceof Error ? error.message : error}`)
    }
    start.disabled = false
    stop.disabled = true
  }

  async function followCamera(signal: AbortSignal): Promise<void> {
    const camera = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 480 } })
    const turnOff = () => {
      for (const track of camera.getTracks()) track.stop()
    }
    // The visitor may have left while the browser asked.
    if (signal.aborted) return turnOff()
    signal.addEventListener('abort', turnOff)
    const retinaface = await createWorkerRetinaFace({ onProgress: tellLoading(stage) })
    if (signal.aborted) return retinaface.dispose()
    signal.addEventListener('abort', () => void retinaface.dispose())
    const video = document.createElement('video')
    Object.assign(video, { srcObject: camera, muted: true, playsInline: true })
    await video.play()
    await detectVideo(retinaface, video, {
      mesh: true,
      signal,
      onFaces: (faces, time) => {
        view.show(video, (context, screenPixel) => draw(context, screenPixel, faces))
        tellRate(faces.length, time)
      },
    })
  }

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

  let last = 0
  let rate = 0
  function tellRate(count: number, time: number): void {
    const now = 1 / Math.max(0.001, time - last)
    last = time
    rate = rate === 0 || now < 0.5 ? now : 0.9 * rate + 0.1 * now
    stage.say(`${countFaces(count)}, ${rate.toFixed(0)} pictures a second`)
  }
}
