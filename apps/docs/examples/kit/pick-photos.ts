import { element } from './element.ts'
import { readPhoto } from './read-photo.ts'
import { SAMPLES } from './samples.ts'
import type { Stage } from './stage.ts'

/** What the picker offers. */
export interface PickOptions {
  /** Which sample comes first, counted from 0. Default 0. */
  readonly first?: number
}

/**
 * Lets the visitor choose photos, and gives them one after the other until the visitor leaves. Of
 * photos that are chosen while one is looked at, the last counts. A photo is closed when the next is
 * given. Where the stage does not wait, a sample comes first.
 */
export async function* pickPhotos(
  stage: Stage,
  { first = 0 }: PickOptions = {},
): AsyncGenerator<ImageBitmap, void, undefined> {
  let chosen: Blob | string | undefined
  let wake: () => void = () => undefined
  const choose = (photo: Blob | string) => {
    chosen = photo
    wake()
  }
  showPicker(stage, choose)
  stage.signal.addEventListener('abort', () => wake())
  if (!stage.waits) choose(SAMPLES[first]!.url)
  let shown: ImageBitmap | undefined
  stage.onCleanup(() => shown?.close())
  while (!stage.signal.aborted) {
    if (chosen === undefined) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
      continue
    }
    const photo = await open(stage, chosen)
    chosen = undefined
    if (!photo) continue
    shown?.close()
    shown = photo
    yield photo
  }
}

async function open(stage: Stage, source: Blob | string): Promise<ImageBitmap | undefined> {
  try {
    return await readPhoto(source, stage.signal)
  } catch {
    stage.say('This file could not be read as a picture. JPEG, PNG, WebP and AVIF can.')
    return undefined
  }
}

function showPicker({ root, signal }: Stage, choose: (photo: Blob | string) => void): void {
  const file = element('input', { type: 'file', accept: 'image/*' })
  file.addEventListener('change', () => {
    const [photo] = file.files ?? []
    if (photo) choose(photo)
    file.value = ''
  })
  const samples = SAMPLES.map(({ name, url }) => {
    const button = element('button', { type: 'button', className: 'example-sample' }, [
      element('img', { src: url, alt: `Sample: ${name}`, width: 72, height: 48 }),
    ])
    button.addEventListener('click', () => choose(url))
    return button
  })
  const own = element('label', { className: 'example-file' }, ['Your photo', file])
  root.append(element('div', { className: 'example-picker' }, [own, ...samples]))
  const dropped = (data: DataTransfer | null) => {
    const photo = [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/'))
    if (photo) choose(photo)
  }
  root.addEventListener('dragover', (event) => event.preventDefault(), { signal })
  const drop = (event: DragEvent) => {
    event.preventDefault()
    dropped(event.dataTransfer)
  }
  root.addEventListener('drop', drop, { signal })
  document.addEventListener('paste', (event) => dropped(event.clipboardData), { signal })
}
