import type { MorphTarget, MorphWeights } from '@retinaface/mesh-decoder'
import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import { type ExpressionGroup, groupTargets, inWords } from './expression-groups.ts'
import { adoptPanelStyle } from './panel-style.ts'

/** Sliders of the coefficients of expression; made by `createExpressionPanel`. */
export interface ExpressionPanel {
  /** The one element that the panel adds to its container. */
  readonly element: HTMLElement
  /** What the sliders stand at, by name. */
  readonly weights: MorphWeights
  /**
   * Shows a face's own expression, which "Reset" goes back to.
   *
   * @param weights where the sliders stand, if the face was given another expression
   */
  show(own: MorphWeights, weights?: MorphWeights): void
  /** Takes the element out of the page. */
  dispose(): void
}

/**
 * Adds a slider for each coefficient that moves something, by part of the face, with "Reset" (back to the
 * face's own expression) and "Neutral" (all 0).
 *
 * It takes the colours and the font of the page around it, light or dark.
 *
 * @param onInput is told all weights when the user moves a slider or presses a button
 * @throws {InvalidArgumentError} if there is no container or no target.
 *
 * @example
 * const viewer = createFaceViewer(container, { targets })
 * const panel = createExpressionPanel(sidebar, targets, (weights) => viewer.setExpressions(0, weights))
 * viewer.update(faces)
 * panel.show(faces[0].expressions)
 */
export function createExpressionPanel(
  container: HTMLElement,
  targets: readonly MorphTarget[],
  onInput: (weights: MorphWeights) => void,
): ExpressionPanel {
  if (!(container instanceof HTMLElement)) {
    throw new InvalidArgumentError('container', 'an HTML element', container)
  }
  if (targets.length === 0) {
    throw new InvalidArgumentError('targets', 'at least one morph target', targets.length)
  }
  return new SliderPanel(container, targets, onInput)
}

class SliderPanel implements ExpressionPanel {
  readonly element = document.createElement('div')
  private readonly sliders = new Map<string, HTMLInputElement>()
  private readonly onInput: (weights: MorphWeights) => void
  private own: MorphWeights = {}

  constructor(
    container: HTMLElement,
    targets: readonly MorphTarget[],
    onInput: (weights: MorphWeights) => void,
  ) {
    this.onInput = onInput
    const root = this.element.attachShadow({ mode: 'open' })
    adoptPanelStyle(root)
    const buttons = document.createElement('div')
    buttons.className = 'buttons'
    buttons.append(
      this.button('Reset', () => this.own),
      this.button('Neutral', () => ({})),
    )
    root.append(buttons, ...groupTargets(targets).map((group, i) => this.group(group, i === 0)))
    container.append(this.element)
  }

  get weights(): MorphWeights {
    return Object.fromEntries([...this.sliders].map(([name, input]) => [name, input.valueAsNumber]))
  }

  show(own: MorphWeights, weights: MorphWeights = own): void {
    this.own = own
    this.set(weights)
  }

  dispose(): void {
    this.element.remove()
  }

  private group({ title, names }: ExpressionGroup, open: boolean): HTMLElement {
    const details = document.createElement('details')
    details.open = open
    const summary = document.createElement('summary')
    summary.textContent = title
    const sliders = document.createElement('div')
    sliders.setAttribute('role', 'group')
    sliders.ariaLabel = title
    sliders.append(...names.map((name) => this.slider(name)))
    details.append(summary, sliders)
    return details
  }

  private slider(name: string): HTMLElement {
    const input = document.createElement('input')
    const range = { type: 'range', min: '0', max: '1', step: '0.01', value: '0', name }
    Object.assign(input, range)
    const output = document.createElement('output')
    input.addEventListener('input', () => {
      showValue(input)
      this.onInput(this.weights)
    })
    const label = document.createElement('label')
    label.append(inWords(name), input, output)
    showValue(input)
    this.sliders.set(name, input)
    return label
  }

  private button(text: string, weights: () => MorphWeights): HTMLElement {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = text
    button.addEventListener('click', () => {
      this.set(weights())
      this.onInput(this.weights)
    })
    return button
  }

  private set(weights: MorphWeights): void {
    for (const [name, input] of this.sliders) {
      input.valueAsNumber = weights[name] ?? 0
      showValue(input)
    }
  }
}

/** Writes a slider's value beside it. */
function showValue(input: HTMLInputElement): void {
  const text = input.valueAsNumber.toFixed(2)
  input.setAttribute('aria-valuetext', text)
  const output = input.nextElementSibling
  if (output) output.textContent = text
}
