import type { Keyframe } from '@retinaface/mesh-decoder'
import type { TrackedFace } from '@retinaface/web'
import { cameraButtons } from '../kit/camera.ts'
import { button, controlBar, slider } from '../kit/controls.ts'
import { element } from '../kit/element.ts'
import { saveFile } from '../kit/save-file.ts'
import type { Stage } from '../kit/stage.ts'
import { tellRate } from '../kit/tell-rate.ts'
import { AvatarScene } from './avatar-scene.ts'
import { loadOwnHead } from './own-head.ts'
import { saveRecording } from './save-recording.ts'
import { loadVrm } from './vrm-avatar.ts'

/** The camera drives a head, or a VRM avatar of the visitor's. */
export default async function avatar(stage: Stage): Promise<void> {
  stage.say('Loading the head …')
  const container = element('div', { className: 'example-viewer' })
  const bar = controlBar(stage.root)
  stage.root.append(container)
  const scene = stage.keep(new AvatarScene(container))
  const head = await loadOwnHead(stage.signal)
  scene.show(head)

  let keyframes: Keyframe[] | undefined
  const strength = slider(
    bar,
    { label: 'Strength', min: 1, max: 2.5, step: 0.1, value: 1.3 },
    () => undefined,
  )
  cameraButtons(stage, bar, {
    detect: { expressions: true, maxFaces: 2 },
    begin() {
      const tell = tellRate(stage.say)
      return (faces, time) => {
        const keyframe = keyframeOf(largest(faces), time, strength.value)
        if (keyframe) {
          scene.drive(keyframe)
          keyframes?.push(keyframe)
        }
        tell(faces.length, time)
      }
    },
  })
  const record = button(bar, 'Record', () => {
    if (keyframes === undefined) {
      keyframes = []
      record.textContent = 'Stop and save'
      return
    }
    const taken = keyframes
    keyframes = undefined
    record.textContent = 'Record'
    if (taken.length === 0) stage.say('Nothing was recorded: the camera saw no face.')
    else for (const { name, file } of saveRecording(taken, head)) saveFile(file, name)
  })

  const input = element('input', { type: 'file', accept: '.vrm' })
  const shown = element('output', { textContent: 'Shown: our own head' })
  bar.append(element('label', { className: 'example-file' }, ['Your VRM avatar', input]), shown)
  const open = async (file: File | undefined) => {
    if (!file) return
    try {
      scene.show(await loadVrm(await file.arrayBuffer()))
      shown.textContent = `Shown: ${file.name}`
    } catch {
      shown.textContent = `${file.name} could not be read as a VRM avatar.`
    }
  }
  input.addEventListener('change', () => {
    void open(input.files?.[0])
    input.value = ''
  })
  const { root, signal } = stage
  root.addEventListener('dragover', (event) => event.preventDefault(), { signal })
  const drop = (event: DragEvent) => {
    event.preventDefault()
    void open(event.dataTransfer?.files[0])
  }
  root.addEventListener('drop', drop, { signal })
}

function largest(faces: readonly TrackedFace[]): TrackedFace | undefined {
  return faces.toSorted((a, b) => b.box[3] - b.box[1] - (a.box[3] - a.box[1]))[0]
}

/** What a face does, its coefficients strengthened: they are smaller than what is seen. */
function keyframeOf(
  face: TrackedFace | undefined,
  time: number,
  strength: number,
): Keyframe | undefined {
  const { expressions, pose, gaze } = face ?? {}
  if (!(expressions && pose && gaze)) return undefined
  const stronger = Object.entries(expressions).map(([name, value]) => {
    return [name, Math.min(1, strength * value)]
  })
  return { time, weights: Object.fromEntries(stronger), pose, gaze }
}
