import {
  createWorkerRetinaFace,
  detectVideo,
  type TrackedFace,
  type WebRetinaFace,
} from '@retinaface/web'
import { button, controlBar, toggle } from '../kit/controls.ts'
import { drawMesh, drawPoints } from '../kit/draw-faces.ts'
import { tellLoading } from '../kit/loading.ts'
import { picture } from '../kit/picture.ts'
import type { Stage } from '../kit/stage.ts'
import { tellRate } from './tell-rate.ts'

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
    swap(start, stop)
    try {
      await followCamera(signal)
      stage.say('The camera is off.')
    } catch (error) {
      const why = error instanceof Error ? error.message : error
      stage.say(signal.aborted ? 'The camera is off.' : `The camera is off: ${why}`)
    }
    swap(stop, start)
  }

  async function followCamera(signal: AbortSignal): Promise<void> {
    const retinaface = await createWorkerRetinaFace({ onProgress: tellLoading(stage) })
    try {
      signal.throwIfAborted()
      stage.say('Waiting for the camera …')
      const camera = await openCamera()
      const turnOff = () => {
        for (const track of camera.getTracks()) track.stop()
      }
      signal.addEventListener('abort', turnOff)
      try {
        // The visitor may have left while the browser asked.
        signal.throwIfAborted()
        await showFaces(retinaface, camera, signal)
      } finally {
        turnOff()
      }
    } finally {
      await retinaface.dispose()
    }
  }

  async function showFaces(
    retinaface: WebRetinaFace,
    camera: MediaStream,
    signal: AbortSignal,
  ): Promise<void> {
    const video = document.createElement('video')
    Object.assign(video, { srcObject: camera, muted: true, playsInline: true })
    // Or it would wait for the first frame of a camera that is off.
    signal.addEventListener('abort', () => Object.assign(video, { srcObject: null }))
    await video.play()
    const tell = tellRate(stage.say)
    await detectVideo(retinaface, video, {
      mesh: true,
      signal,
      onFaces: (faces, time) => {
        view.show(video, (context, screenPixel) => draw(context, screenPixel, faces))
        tell(faces.length, time)
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
}

function openCamera(): Promise<MediaStream> {
  const { mediaDevices } = navigator
  if (!mediaDevices) throw new Error('browsers have cameras on HTTPS and localhost only.')
  return mediaDevices.getUserMedia({ video: { width: 640, height: 480 } })
}

/** Enables one button instead of the other, and hands on the focus, which would be lost. */
function swap(off: HTMLButtonElement, on: HTMLButtonElement): void {
  const focused = document.activeElement === off
  on.disabled = false
  if (focused) on.focus()
  off.disabled = true
}
