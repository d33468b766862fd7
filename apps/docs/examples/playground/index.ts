import { button, controlBar } from '../kit/controls.ts'
import { formatTime } from '../kit/count-faces.ts'
import { drawFaces, drawMesh } from '../kit/draw-faces.ts'
import { element } from '../kit/element.ts'
import { pickPhotos } from '../kit/pick-photos.ts'
import { picture } from '../kit/picture.ts'
import type { Stage } from '../kit/stage.ts'
import type { RunMessage, ShownFace } from './messages.ts'

const firstCode = `import { createRetinaFace } from '@retinaface/web'

const retinaface = await createRetinaFace()
const faces = await retinaface.detect(photo, { scoreThreshold: 0.5 })
show(faces)
for (const { score, box } of faces) {
  console.log(score.toFixed(2), box.map(Math.round))
}
`

/** Runs a visitor's code on a photo, in a worker. */
export default async function playground(stage: Stage): Promise<void> {
  const photos = pickPhotos(stage)
  const code = codeField(stage.root)
  const bar = controlBar(stage.root)
  button(bar, 'Run', run)
  button(bar, 'Stop', () => {
    stop()
    stage.say('Stopped.')
  })
  const view = picture(stage.root, 'The photo with the faces that the code shows')
  const printed = element('pre', { className: 'example-printed', role: 'log', tabIndex: 0 })
  printed.setAttribute('aria-label', 'What the code printed')
  stage.root.append(printed)
  code.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run()
  })

  let photo: ImageBitmap | undefined
  let worker: Worker | undefined
  stage.onCleanup(stop)
  for await (photo of photos) run()

  function stop(): void {
    worker?.terminate()
    worker = undefined
  }

  function run(): void {
    const image = photo
    if (!image) return
    stop()
    view.show(image)
    printed.textContent = ''
    stage.say('Running …')
    const begin = performance.now()
    worker = new Worker(new URL('./runner.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', ({ data }: MessageEvent<RunMessage>) => {
      if (data.kind === 'printed') printed.append(`${data.text}\n`)
      else if (data.kind === 'shown') show(image, data.faces)
      else if (data.kind === 'failed') stage.say(data.text)
      else stage.say(`Done in ${formatTime(performance.now() - begin)}.`)
    })
    worker.postMessage({ code: code.value, photo: image })
  }

  function show(image: ImageBitmap, faces: readonly ShownFace[]): void {
    view.show(image, (context, screenPixel) => {
      for (const { mesh } of faces) if (mesh) drawMesh(context, screenPixel, mesh)
      drawFaces(context, screenPixel, faces)
    })
  }
}

/** A field for code, in `parent`. */
function codeField(parent: HTMLElement): HTMLTextAreaElement {
  const field = element('textarea', { value: firstCode, rows: 10, spellcheck: false })
  field.setAttribute('autocapitalize', 'off')
  parent.append(element('label', { className: 'example-code' }, ['Your code', field]))
  return field
}
