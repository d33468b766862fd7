import { expect, test } from 'vitest'
import { vrmWeights } from '../examples/avatar/vrm-expressions.ts'

const presets = ['aa', 'oh', 'happy', 'blinkLeft', 'blinkRight', 'lookUp']

test('coefficients are mapped on the presets that a file has', () => {
  const smile = { mouthSmileLeft: 0.8, mouthSmileRight: 0.6, eyeBlinkLeft: 1, jawOpen: 0.5 }
  const weights = vrmWeights(presets, smile)
  expect([...weights.keys()].sort()).toEqual(['aa', 'blinkLeft', 'blinkRight', 'happy', 'oh'])
  expect(weights.get('happy')).toBeCloseTo(0.7)
  expect(weights.get('blinkLeft')).toBe(1)
  expect(weights.get('blinkRight')).toBe(0)
  expect(weights.get('aa')).toBe(0.5)
  const funnel = vrmWeights(presets, { jawOpen: 0.5, mouthFunnel: 0.9 })
  expect(funnel.get('oh')).toBe(0.9)
  expect(funnel.get('aa')).toBeCloseTo(0.05)
})

test('a file for perfect sync has its own names set, and its presets left alone', () => {
  const weights = vrmWeights([...presets, 'JawOpen', 'mouthPucker'], {
    jawOpen: 0.5,
    mouthPucker: 0.2,
  })
  expect([...weights]).toEqual([
    ['JawOpen', 0.5],
    ['mouthPucker', 0.2],
  ])
})
