import download from '../../data/download.json' with { type: 'json' }
import { Choices, type PhotoSource } from './choices.ts'
import { element } from './element.ts'
import { readPhoto } from './read-photo.ts'
import { SAMPLES } from './samples.ts'
import type { Stage } from './stage.ts'

/**
 * Lets the visitor choose photos, and gives them one after the other until the visitor leaves. Of
 * photos that are chosen while one is looked at, the last counts. Where the stage does not wait, the
 * first sample is looked at at once.
 */
export function pickPhotos(stage: Stage): AsyncGenerator<ImageBitmap, void, undefined> {
  const choices = new Choices(stage.signal)
  showPicker(stage, (photo) => choices.choose(photo))
  if (stage.waits) showPoster(stage, choices, SAMPLES[0]!.url)
  else choices.choose(SAMPLES[0]!.url)
  return photosOf(stage, choices)
}

async function* photosOf(
  stage: Stage,
  choices: Choices,
): AsyncGenerator<ImageBitmap, void, undefined> {
  for (;;) {
    const chosen = await choices.next()
    if (chosen === undefined) return
    const photo = await open(stage, chosen)
    if (photo) yield photo
  }
}

async function open(stage: Stage, source: PhotoSource): Promise<ImageBitmap | undefined> {
  try {
    return await readPhoto(source, stage.signal)
  } catch {
    stage.say('This file could not be read as a picture. JPEG, PNG, WebP and AVIF can.')
    return undefined
  }
}

function showPicker({ root, signal }: Stage, choose: (photo: PhotoSource) => void): void {
  const file = element('input', { type: 'file', accept: 'image/*' })
  file.addEventListener('change', () => {
    const [photo] = file.files ?? []
    if (photo) choose(photo)
    file.value = ''
  })
  const samples = SAMPLES.map(({ name, url, small }) => {
    const button = element('button', { type: 'button', className: 'example-sample' }, [
      element('img', { src: small, alt: `Sample: ${name}`, width: 72, height: 48 }),
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
  const paste = (event: ClipboardEvent) => {
    if (isMeant(root)) dropped(event.clipboardData)
  }
  document.addEventListener('paste', paste, { signal })
}

/** Of several examples in a page, what is pasted goes to the one in focus or under the pointer. */
function isMeant(root: HTMLElement): boolean {
  const alone = document.querySelectorAll('.example-picker').length === 1
  return alone || root.matches(':hover, :focus-within')
}

/** A sample that waits to be looked at. */
function showPoster({ root, say }: Stage, choices: Choices, url: string): void {
  const size = { width: 512, height: 512 }
  const image = element('img', { src: url, alt: '', className: 'example-picture', ...size })
  const poster = element('button', { type: 'button', className: 'example-poster' }, [
    image,
    element('span', {}, ['Find the faces']),
  ])
  poster.addEventListener('click', () => choices.choose(url))
  choices.onChoice = () => replace(poster)
  root.append(poster)
  const megabytes = ((download.total - download.page) / 1e6).toFixed(1)
  say(`Your photo stays on your machine. The network, ${megabytes} MB, is loaded once.`)
}

/** Removes the poster; the picture that comes in its place takes the focus over. */
function replace(poster: HTMLElement): void {
  const focused = document.activeElement === poster
  const picture = poster.nextElementSibling
  poster.remove()
  if (!focused || !(picture instanceof HTMLElement)) return
  if (picture.tabIndex < 0) picture.tabIndex = -1
  picture.focus({ preventScroll: true })
}
