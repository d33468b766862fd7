import type { MorphWeights } from '@retinaface/mesh-decoder'
import axe from 'axe-core'
import { expect, onTestFinished, test } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createExpressionPanel } from '../../src/expressions/expression-panel.ts'
import { mount } from '../support/pictures.ts'

const names = ['browInnerUp', 'eyeBlinkLeft', 'jawOpen', 'mouthSmileLeft', 'noseSneerLeft']
const targets = [
  ...names.map((name) => ({ name, displacements: Float32Array.of(0, 1, 0) })),
  { name: 'tongueOut', displacements: new Float32Array(3) },
]

function openPanel(container = mount(360, 480)) {
  const told: MorphWeights[] = []
  const panel = createExpressionPanel(container, targets, (weights) => told.push(weights))
  onTestFinished(() => panel.dispose())
  for (const details of panel.element.shadowRoot!.querySelectorAll('details')) details.open = true
  return { panel, told, container }
}

test('sliders are named and grouped, and what moves nothing has none', async () => {
  const { panel } = openPanel()
  const groups = page.getByRole('group', { name: /Eyes|Brows|Jaw|Mouth|Cheeks and nose/ })
  expect(groups.elements().map(({ ariaLabel }) => ariaLabel)).toEqual([
    'Eyes',
    'Brows',
    'Jaw',
    'Mouth',
    'Cheeks and nose',
  ])
  expect(page.getByRole('slider').elements()).toHaveLength(5)
  await expect.element(page.getByRole('slider', { name: 'Mouth smile left' })).toBeVisible()
  expect(Object.keys(panel.weights).sort()).toEqual(names)
  const { violations } = await axe.run(panel.element)
  expect(violations).toEqual([])
})

test('keys move a slider, and the page is told all weights', async () => {
  const { panel, told } = openPanel()
  panel.show({ mouthSmileLeft: 0.5 })
  expect(told).toEqual([])
  const jaw = page.getByRole('slider', { name: 'Jaw open' })
  ;(jaw.element() as HTMLElement).focus()
  await userEvent.keyboard('{ArrowRight}{ArrowRight}')
  expect(told.at(-1)).toMatchObject({ jawOpen: 0.02, mouthSmileLeft: 0.5, browInnerUp: 0 })
  await userEvent.keyboard('{End}')
  expect(panel.weights.jawOpen).toBe(1)
  await expect.element(jaw).toHaveAttribute('aria-valuetext', '1.00')
})

test('"Reset" goes back to the face’s own expression, "Neutral" to none', async () => {
  const { panel, told } = openPanel()
  panel.show({ jawOpen: 0.25 }, { jawOpen: 0.9, eyeBlinkLeft: 1 })
  expect(panel.weights).toMatchObject({ jawOpen: 0.9, eyeBlinkLeft: 1 })
  await page.getByRole('button', { name: 'Reset' }).click()
  expect(told.at(-1)).toMatchObject({ jawOpen: 0.25, eyeBlinkLeft: 0 })
  await page.getByRole('button', { name: 'Neutral' }).click()
  expect(Object.values(told.at(-1)!)).toEqual([0, 0, 0, 0, 0])
})

test.each([240, 700])('nothing is cut off at a width of %d', (width) => {
  const { panel } = openPanel(mount(width, 480))
  const root = panel.element.shadowRoot!
  const right = panel.element.getBoundingClientRect().right
  for (const element of root.querySelectorAll('label, output, button')) {
    expect(element.scrollWidth).toBeLessThanOrEqual(element.clientWidth + 1)
    expect(element.getBoundingClientRect().right).toBeLessThanOrEqual(right + 0.5)
  }
})

test('without a container or targets there is an error that says so', () => {
  expect(() => createExpressionPanel(null as never, targets, () => undefined)).toThrow(
    'an HTML element for container',
  )
  expect(() => createExpressionPanel(mount(), [], () => undefined)).toThrow(
    'at least one morph target',
  )
})
