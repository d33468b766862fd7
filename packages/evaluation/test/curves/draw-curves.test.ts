import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type Curve, drawCurves, EvaluationError } from '../../src/index.ts'

const curve: Curve = { label: 'easy', recall: [0, 0.5, 0.5, 1], precision: [0, 1, 1, 0.25] }

describe('drawCurves', () => {
  test('puts recall on the x axis and precision on the y axis of a 616×432 frame', () => {
    const points = drawCurves('WIDER', [curve]).match(/points="([^"]*)"/)?.[1]
    expect(points).toBe('380.0,60.0 688.0,384.0')
  })

  test('gives every curve a colour of its own and its label in the legend', () => {
    const svg = drawCurves('WIDER', [
      curve,
      { ...curve, label: 'medium' },
      { ...curve, label: 'hard' },
    ])
    const strokes = [...svg.matchAll(/<polyline[^>]*stroke="(#\w+)"/g)].map(([, colour]) => colour)
    expect(new Set(strokes).size).toBe(3)
    for (const label of ['easy', 'medium', 'hard']) expect(svg).toContain(`>${label}</text>`)
  })

  test('draws the frame alone when there is no curve', () => {
    expect(drawCurves('nothing', [])).toContain('>recall</text>')
  })

  test.prop([fc.string({ unit: 'binary', maxLength: 40 })])(
    'no title or label leaves its text node',
    (text) => {
      const plain = drawCurves('', [{ ...curve, label: '' }])
      const tags = (svg: string) =>
        svg.match(/<[^>]*>/g)?.map((tag) => tag.replace(/ width="[^"]*"/, ''))
      const svg = drawCurves(text, [{ ...curve, label: text }])
      expect(tags(svg)).toEqual(tags(plain))
      expect(svg).toMatch(/^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u)
    },
  )

  test('escapes markup and replaces what XML does not allow', () => {
    expect(drawCurves('<b> & "c"\u0000\ud800', [])).toContain(
      '&lt;b&gt; &amp; &quot;c&quot;\ufffd\ufffd',
    )
  })

  test('refuses lists that differ in length and more curves than it has colours', () => {
    expect(() => drawCurves('x', [{ ...curve, recall: [1] }])).toThrow('received 4 and 1')
    expect(() =>
      drawCurves(
        'x',
        Array.from({ length: 7 }, () => curve),
      ),
    ).toThrow(EvaluationError)
  })
})
