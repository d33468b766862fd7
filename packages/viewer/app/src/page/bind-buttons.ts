import type { RetinaFaceViewerElement } from '../../../src/element.ts'
import type { ExportFormat } from '../../../src/index.ts'
import { part } from './part.ts'
import { saveFile } from './save-file.ts'

/** Makes the buttons that turn, reset and enlarge the view do so. */
export function bindViewButtons(viewer: RetinaFaceViewerElement): void {
  const tools = part('tools', HTMLElement)
  for (const button of tools.querySelectorAll('button')) {
    const { turn, zoom } = button.dataset
    if (turn) {
      const [right, up] = turn.split(' ').map(Number)
      button.addEventListener('click', () => viewer.viewer?.turn(right!, up!))
    } else if (zoom) {
      button.addEventListener('click', () => viewer.viewer?.zoom(Number(zoom)))
    }
  }
  part('reset', HTMLButtonElement).addEventListener('click', () => viewer.viewer?.resetView())
  const fullScreen = part('full-screen', HTMLButtonElement)
  fullScreen.hidden = !document.fullscreenEnabled
  fullScreen.addEventListener('click', () =>
    viewer.viewer?.toggleFullScreen().catch(() => undefined),
  )
}

/** Makes the buttons save what is shown. */
export function bindSaveButtons(
  viewer: RetinaFaceViewerElement,
  onError: (error: unknown) => void,
): void {
  const save = async (format: string | undefined) => {
    if (!viewer.viewer) return
    if (format === undefined) {
      saveFile(await viewer.viewer.screenshot(), 'faces.png')
      return
    }
    const files = await viewer.viewer.exportFace(format as ExportFormat)
    for (const { name, blob } of files) saveFile(blob, name)
  }
  for (const button of part('save', HTMLFieldSetElement).querySelectorAll('button')) {
    button.addEventListener('click', () => save(button.dataset.format).catch(onError))
  }
}
