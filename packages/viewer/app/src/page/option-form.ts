import type { RetinaFaceViewerElement } from '../../../src/element.ts'
import type { ViewerOptions } from '../../../src/index.ts'
import { part } from './part.ts'

/** What only a photo gives a meaning to, and what is shown without one. */
const PHOTO_CHOICES = { scene: ['overlay', 'standing'], material: ['photo', 'model'] } as const

/** Makes the form's controls, which are named like options, stand for the viewer's. */
export function bindOptionForm(viewer: RetinaFaceViewerElement): void {
  const form = part('options', HTMLFormElement)
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return
    const change = { [target.name]: controlValue(target) }
    viewer.viewer?.setOptions(change as Partial<ViewerOptions>)
  })
  viewer.addEventListener('optionschange', () => writeForm(form, viewer.options))
  writeForm(form, viewer.options)
}

/** Lets only what makes sense be chosen: some of it needs a photo. */
export function allowPhotoOptions(viewer: RetinaFaceViewerElement, hasPhoto: boolean): void {
  for (const [name, [value, instead]] of Object.entries(PHOTO_CHOICES)) {
    const control = document.querySelector(`input[name=${name}][value=${value}]`)
    if (control instanceof HTMLInputElement) control.disabled = !hasPhoto
    const isShown = viewer.options[name as keyof typeof PHOTO_CHOICES] === value
    if (isShown && !hasPhoto) viewer.viewer?.setOptions({ [name]: instead })
  }
  part('comparison', HTMLElement).hidden = !hasPhoto
  if (!hasPhoto && viewer.comparison > 0) viewer.viewer?.setOptions({ comparison: 0 })
}

function controlValue(control: HTMLInputElement): boolean | number | string {
  if (control.type === 'checkbox') return control.checked
  return control.type === 'range' ? control.valueAsNumber : control.value
}

function writeForm(form: HTMLFormElement, options: ViewerOptions): void {
  for (const control of form.querySelectorAll('input')) {
    const value = options[control.name as keyof ViewerOptions]
    if (control.type === 'checkbox') control.checked = value === true
    else if (control.type === 'radio') control.checked = value === control.value
    else writeShare(control, value as number)
  }
}

function writeShare(control: HTMLInputElement, share: number): void {
  control.valueAsNumber = share
  control.ariaValueText = share === 0 ? 'meshes only' : `photo up to ${Math.round(share * 100)} %`
}
