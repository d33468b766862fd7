import { expect, test } from 'vitest'
import { readResults } from '../../app/src/files/read-results.ts'

const file = { name: 'faces.json' }
const face = {
  score: 0.9,
  box: [1, 2, 3, 4],
  landmarks: [[1, 2]],
  mesh: { positions: [[1, 2, 3]] },
  camera: [0, 0, -50, 0, 0, 0, 2],
  anchor: { centre: [5, 5], size: 9 },
}
const entry = { file: 'a.jpg', width: 10, height: 10, faces: [face] }
const failure = { file: 'b.jpg', error: { code: 'IMAGE', message: 'broken' } }

test('one picture, a list, and a line for each are read; pictures that failed are left out', () => {
  expect(readResults(JSON.stringify(entry), file)).toEqual([entry])
  expect(readResults(`\ufeff${JSON.stringify([entry, failure])}`, file)).toEqual([entry])
  const lines = [entry, failure, entry].map((line) => JSON.stringify(line)).join('\n')
  expect(readResults(`${lines}\n`, file)).toEqual([entry, entry])
})

test.each<[what: string, content: unknown, said: RegExp]>([
  ['only failures', [failure], /has no results\. Every picture failed/],
  ['no list of faces', { ...entry, faces: 'none' }, /is not a result/],
  ['a picture without a size', { ...entry, width: 0 }, /is not a result/],
  [
    'a vertex of two numbers',
    { ...entry, faces: [{ ...face, mesh: { positions: [[1, 2]] } }] },
    /is not a result/,
  ],
  [
    'a vertex that is text',
    { ...entry, faces: [{ ...face, mesh: { positions: [['1', 2, 3]] } }] },
    /is not a result/,
  ],
  [
    'a camera of six numbers',
    { ...entry, faces: [{ ...face, camera: [1, 2, 3, 4, 5, 6] }] },
    /is not a result/,
  ],
  ['faces without meshes', { ...entry, faces: [{ box: [1, 2, 3, 4] }] }, /faces without meshes/],
  ['a number', 7, /is not a result/],
])('%s is refused', (_, content, said) => {
  expect(() => readResults(JSON.stringify(content), file)).toThrow(said)
})
