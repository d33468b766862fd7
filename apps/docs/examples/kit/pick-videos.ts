import { Choices } from './choices.ts'
import { element } from './element.ts'
import type { Stage } from './stage.ts'

/**
 * Lets the visitor choose or drop video files, and gives them one after the other until the visitor leaves.
 * Of files that are chosen while one is worked on, the last counts.
 *
 * @param onChoice called at each choice
 */
export function pickVideos(
  stage: Stage,
  onChoice: () => void,
): AsyncGenerator<File, void, undefined> {
  const choices = new Choices<File>(stage.signal)
  choices.onChoice = onChoice
  showPicker(stage, (file) => choices.choose(file))
  return filesOf(choices)
}

async function* filesOf(choices: Choices<File>): AsyncGenerator<File, void, undefined> {
  for (;;) {
    const file = await choices.next()
    if (!file) return
    yield file
  }
}

function showPicker({ root, signal }: Stage, choose: (file: File) => void): void {
  const input = element('input', { type: 'file', accept: 'video/*,.mkv' })
  input.addEventListener('change', () => {
    const [file] = input.files ?? []
    if (file) choose(file)
    input.value = ''
  })
  const own = element('label', { className: 'example-file' }, ['Your video', input])
  root.append(element('div', { className: 'example-picker' }, [own]))
  root.addEventListener('dragover', (event) => event.preventDefault(), { signal })
  const drop = (event: DragEvent) => {
    event.preventDefault()
    const [file] = event.dataTransfer?.files ?? []
    if (file) choose(file)
  }
  root.addEventListener('drop', drop, { signal })
}
