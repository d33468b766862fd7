import { describe, expect, test } from 'vitest'
import { MNET025, MOBILE025_PYTORCH, ModelMismatchError } from '../../src/index.ts'
import { resolveOutputNames } from '../../src/network/resolve-output-names.ts'

const byName = (stride: number) => ({
  score: `face_rpn_cls_prob_reshape_stride${stride}`,
  box: `face_rpn_bbox_pred_stride${stride}`,
  landmarks: `face_rpn_landmark_pred_stride${stride}`,
})
const named = [32, 16, 8].map(byName)
const names = named.flatMap((level) => Object.values(level))

describe('resolveOutputNames', () => {
  test('finds maps by name, in whatever order the network has them', () => {
    expect(resolveOutputNames(MNET025, names)).toEqual(named)
    expect(resolveOutputNames(MNET025, [...names].reverse())).toEqual(named)
    expect(resolveOutputNames(MNET025, ['other', ...names])).toEqual(named)
  })

  test('finds flat outputs by name, the same for every level', () => {
    const resolved = resolveOutputNames(MOBILE025_PYTORCH, ['landms', 'loc', 'conf'])
    expect(resolved).toEqual(Array(3).fill({ score: 'conf', box: 'loc', landmarks: 'landms' }))
  })

  test('takes maps by position, level by level, when the names are not there', () => {
    const resolved = resolveOutputNames(MNET025, ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'])
    expect(resolved).toEqual([
      { score: 'a', box: 'b', landmarks: 'c' },
      { score: 'd', box: 'e', landmarks: 'f' },
      { score: 'g', box: 'h', landmarks: 'i' },
    ])
  })

  test('takes flat outputs by position in the configuration’s order', () => {
    const resolved = resolveOutputNames(MOBILE025_PYTORCH, ['output0', '592', '591'])
    expect(resolved).toEqual(Array(3).fill({ box: 'output0', score: '592', landmarks: '591' }))
  })

  test('adds the features of the levels that give them out', () => {
    const contextFeatures = ['rf_head_stride16_concat_relu', 'rf_head_stride8_concat_relu']
    expect(resolveOutputNames(MNET025, [...names, ...contextFeatures])).toEqual([
      named[0],
      { ...named[1], contextFeatures: contextFeatures[0] },
      { ...named[2], contextFeatures: contextFeatures[1] },
    ])
  })

  test('says what was expected, what the network has and what to do when nothing fits', () => {
    const resolve = () => resolveOutputNames(MNET025, ['loc', 'conf', 'landms'])
    expect(resolve).toThrow(ModelMismatchError)
    expect(resolve).toThrow('"mnet025"')
    expect(resolve).toThrow('face_rpn_cls_prob_reshape_stride32')
    expect(resolve).toThrow('exactly 9 outputs in the order score, box, landmarks')
    expect(resolve).toThrow('the network has loc, conf, landms')
    expect(resolve).toThrow('Choose the preset')
  })
})
