import {
  createWorkerRetinaFace,
  type DetectVideoOptions,
  detectVideo,
  type TrackedFace,
} from '@retinaface/web'
import { button } from './controls.ts'
import { tellLoading } from './loading.ts'
import type { Stage } from './stage.ts'

/** What an example does with the camera. */
export interface CameraUse {
  readonly detect: Pick<DetectVideoOptions, 'mesh' | 'expressions' | 'maxFaces'>
  /** Called when the camera is on; the result is told the faces of each frame and when it was shown. */
  begin(video: HTMLVideoElement): (faces: readonly TrackedFace[], time: number) => void
}

/** Adds buttons that start and stop the camera, whose faces are followed in a worker. */
export function cameraButtons(stage: Stage, bar: HTMLElement, use: CameraUse): void {
  const start = button(bar, 'Start the camera', () => follow())
  const stop = button(bar, 'Stop', () => running?.abort())
  let running: AbortController | undefined
  stop.disabled = true
  stage.onCleanup(() => running?.abort())
  stage.say('The camera starts when you say so.')

  async function follow(): Promise<void> {
    running = new AbortController()
    const { signal } = running
    swap(start, stop)
    try {
      await followCamera(stage, signal, use)
      stage.say('The camera is off.')
    } catch (error) {
      const why = error instanceof Error ? error.message : error
      stage.say(signal.aborted ? 'The camera is off.' : `The camera is off: ${why}`)
    }
    swap(stop, start)
  }
}

async function followCamera(stage: Stage, signal: AbortSignal, use: CameraUse): Promise<void> {
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
      const video = await play(camera, signal)
      await detectVideo(retinaface, video, { ...use.detect, signal, onFaces: use.begin(video) })
    } finally {
      turnOff()
    }
  } finally {
    await retinaface.dispose()
  }
}

function openCamera(): Promise<MediaStream> {
  const { mediaDevices } = navigator
  if (!mediaDevices) throw new Error('browsers have cameras on HTTPS and localhost only.')
  return mediaDevices.getUserMedia({ video: { width: 640, height: 480 } })
}

async function play(camera: MediaStream, signal: AbortSignal): Promise<HTMLVideoElement> {
  const video = document.createElement('video')
  Object.assign(video, { srcObject: camera, muted: true, playsInline: true })
  // Or it would wait for the first frame of a camera that is off.
  signal.addEventListener('abort', () => Object.assign(video, { srcObject: null }))
  await video.play()
  return video
}

/** Enables one button instead of the other, and hands on the focus, which would be lost. */
function swap(off: HTMLButtonElement, on: HTMLButtonElement): void {
  const focused = document.activeElement === off
  on.disabled = false
  if (focused) on.focus()
  off.disabled = true
}
