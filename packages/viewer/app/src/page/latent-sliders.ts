import type { RetinaFaceViewerElement } from '../../../src/element.ts'
import { type LatentDirection, latentDirections } from '../../../src/index.ts'
import type { FaceModel } from '../content/face-model.ts'
import { part } from './part.ts'

/** Standard deviations of the latents to either side. */
const REACH = 2
const SHAPES = 6
const COLORS = 4

interface Slider {
  readonly input: HTMLInputElement
  readonly direction: Float32Array
}

/** Sliders along the leading directions of P_ST, which decode the face anew while they move. */
export class LatentSliders {
  private readonly viewer: RetinaFaceViewerElement
  private readonly onChange: () => void
  private readonly sliders: readonly Slider[]
  /** What was set of each face: a number for each slider. */
  private readonly settings = new Map<number, number[]>()
  private index: number | undefined

  /** @param onChange is called when a face has been decoded anew */
  constructor(viewer: RetinaFaceViewerElement, { decoder }: FaceModel, onChange: () => void) {
    this.viewer = viewer
    this.onChange = onChange
    this.sliders = [
      ...latentDirections(decoder, SHAPES, 'shape').map(named('Shape')),
      ...latentDirections(decoder, COLORS, 'color').map(named('Colour')),
    ]
    part('latent-sliders', HTMLElement).replaceChildren(...this.sliders.map(row))
    for (const { input } of this.sliders) input.addEventListener('input', () => this.change())
    part('latents-reset', HTMLButtonElement).addEventListener('click', () => {
      this.write(this.sliders.map(() => 0))
      this.change()
    })
  }

  /** Forgets what was set: other faces are shown. */
  clear(): void {
    this.settings.clear()
  }

  /** Stands for a face, if it has latents. */
  show(index: number | undefined): void {
    const hasLatents = index !== undefined && this.viewer.faces[index]?.latent !== undefined
    part('latents', HTMLElement).hidden = !hasLatents
    this.index = hasLatents ? index : undefined
    if (index !== undefined) this.write(this.settings.get(index) ?? this.sliders.map(() => 0))
  }

  private write(values: readonly number[]): void {
    this.sliders.forEach(({ input }, i) => {
      input.valueAsNumber = values[i]!
    })
  }

  private change(): void {
    const { index } = this
    if (index === undefined) return
    const values = this.sliders.map(({ input }) => input.valueAsNumber)
    this.settings.set(index, values)
    const latents = Float32Array.from(this.viewer.faces[index]!.latent!)
    this.sliders.forEach(({ direction }, slider) => {
      for (let i = 0; i < latents.length; i++) latents[i]! += values[slider]! * direction[i]!
    })
    this.viewer.viewer?.setLatent(index, latents)
    this.onChange()
  }
}

function named(name: string): (found: LatentDirection, place: number) => Slider {
  return ({ direction }, place) => {
    const input = document.createElement('input')
    const range = { type: 'range', min: `${-REACH}`, max: `${REACH}`, step: '0.1', value: '0' }
    Object.assign(input, range, { id: `latent-${name.toLowerCase()}-${place + 1}` })
    input.ariaLabel = `${name} ${place + 1}`
    return { input, direction }
  }
}

function row({ input }: Slider): HTMLElement {
  const label = document.createElement('label')
  label.append(input.ariaLabel ?? '', input)
  return label
}
