import { element } from './element.ts'

/** What a slider is. */
export interface SliderOptions {
  readonly label: string
  readonly min: number
  readonly max: number
  readonly step: number
  readonly value: number
  /** How its value reads; the number itself by default. */
  readonly format?: (value: number) => string
}

/** A row of controls in `parent`. */
export function controlBar(parent: HTMLElement): HTMLElement {
  const bar = element('div', { className: 'example-controls' })
  parent.append(bar)
  return bar
}

/** A labelled slider; the result tells and sets its value. */
export function slider(
  bar: HTMLElement,
  { label, min, max, step, value, format = String }: SliderOptions,
  onInput: (value: number) => void,
): { value: number } {
  const input = element('input', { type: 'range' })
  Object.assign(input, { min: `${min}`, max: `${max}`, step: `${step}`, value: `${value}` })
  const output = element('output', { textContent: format(value) })
  const show = () => {
    output.textContent = format(input.valueAsNumber)
    input.setAttribute('aria-valuetext', output.textContent)
  }
  input.addEventListener('input', () => {
    show()
    onInput(input.valueAsNumber)
  })
  show()
  bar.append(element('label', { className: 'example-slider' }, [label, input, output]))
  return {
    get value() {
      return input.valueAsNumber
    },
    set value(next) {
      input.valueAsNumber = next
      show()
    },
  }
}

/** A labelled box to tick. */
export function toggle(
  bar: HTMLElement,
  label: string,
  checked: boolean,
  onChange: () => void,
): HTMLInputElement {
  const input = element('input', { type: 'checkbox', checked })
  input.addEventListener('change', onChange)
  bar.append(element('label', { className: 'example-toggle' }, [input, label]))
  return input
}

/** A labelled list to choose from; the values are what is shown. The result tells and sets it. */
export function choice<Value extends string>(
  bar: HTMLElement,
  label: string,
  values: readonly Value[],
  onChange: (value: Value) => void,
): { value: Value } {
  const options = values.map((value) => element('option', { value, textContent: value }))
  const select = element('select', {}, options)
  select.addEventListener('change', () => onChange(select.value as Value))
  bar.append(element('label', { className: 'example-choice' }, [label, select]))
  return {
    get value() {
      return select.value as Value
    },
    set value(next) {
      select.value = next
    },
  }
}

/** A button. */
export function button(bar: HTMLElement, label: string, onClick: () => unknown): HTMLButtonElement {
  const made = element('button', { type: 'button', className: 'example-button' }, [label])
  made.addEventListener('click', () => void onClick())
  bar.append(made)
  return made
}
