import { InvalidArgumentError, RetinaFaceError } from '@retinaface/mesh-decoder/errors'
import { expect, test } from 'vitest'
import { checkFaces, isDrawable } from '../../src/face/check-faces.ts'
import type { ViewerFace, ViewerMesh } from '../../src/face/viewer-face.ts'
import { simpleFace } from '../support/simple-face.ts'

const whole = simpleFace()
const meshOf = (change: Partial<ViewerMesh>) => simpleFace({ mesh: { ...whole.mesh!, ...change } })

test('whole faces pass, and faces without a mesh are not drawn', () => {
  const bare: ViewerFace = { score: 0.5, box: [1, 2, 3, 4] }
  checkFaces([whole, bare])
  expect([whole, bare].map(isDrawable)).toEqual([true, false])
})

test.each<[problem: string, faces: unknown, argument: string, said: RegExp]>([
  ['no list', 'faces', 'faces', /an array of faces .* "faces"/],
  ['no face', [whole, null], 'faces[1]', /a face for faces\[1\] but received null/],
  [
    'positions of another length',
    [meshOf({ positions: new Float32Array(3) })],
    'faces[0].mesh.positions',
    /Float32Array of 15/,
  ],
  [
    'colours as a plain list',
    [meshOf({ colors: [1, 2, 3] as unknown as Float32Array })],
    'faces[0].mesh.colors',
    /an array of 3/,
  ],
  [
    'a vertex that is no number',
    [meshOf({ canonical: new Float32Array(15).fill(Number.NaN) })],
    'faces[0].mesh.canonical',
    /finite numbers .* NaN/,
  ],
  [
    'no vertices',
    [meshOf({ canonical: new Float32Array(0) })],
    'faces[0].mesh.canonical',
    /at least one vertex/,
  ],
  [
    'a triangle without its vertex',
    [meshOf({ triangles: Int32Array.of(0, 1, 5) })],
    'faces[0].mesh.triangles',
    /below 5 .* 5/,
  ],
  [
    'no anchor where there should be one',
    [simpleFace({ anchor: null as never })],
    'faces[0].anchor',
    /a finite centre .* received null/,
  ],
  [
    'no light where there should be one',
    [simpleFace({ light: null as never })],
    'faces[0].light',
    /Float32Array of 9 .* null/,
  ],
  [
    'half a triangle',
    [meshOf({ triangles: Int32Array.of(0, 1) })],
    'faces[0].mesh.triangles',
    /three vertex indices/,
  ],
  [
    'normals of another length',
    [meshOf({ normals: new Float32Array(12) })],
    'faces[0].mesh.normals',
    /15/,
  ],
  [
    'texture coordinates of another length',
    [meshOf({ uv: new Float32Array(4) })],
    'faces[0].mesh.uv',
    /10/,
  ],
  [
    'a short camera',
    [simpleFace({ camera: new Float32Array(6) })],
    'faces[0].camera',
    /Float32Array of 7/,
  ],
  [
    'a face behind the camera',
    [simpleFace({ camera: Float32Array.of(0, 0, 5, 0, 0, 0, 1) })],
    'faces[0].camera',
    /before the camera/,
  ],
  [
    'a short light',
    [simpleFace({ light: new Float32Array(3) })],
    'faces[0].light',
    /Float32Array of 9/,
  ],
  [
    'an anchor without a size',
    [simpleFace({ anchor: { centre: [1, 2], size: 0 } })],
    'faces[0].anchor',
    /positive size/,
  ],
  [
    'landmarks that are no points',
    [simpleFace({ landmarks: [[Number.NaN, 1]] })],
    'faces[0].landmarks',
    /finite \[x, y\]/,
  ],
])('%s: the error names the argument and what was expected', (_, faces, argument, said) => {
  let caught: unknown
  try {
    checkFaces(faces as ViewerFace[])
  } catch (error) {
    caught = error
  }
  expect(caught).toBeInstanceOf(InvalidArgumentError)
  expect(caught).toMatchObject({ code: 'INVALID_ARGUMENT', argument })
  expect(String(caught)).toMatch(said)
  expect(RetinaFaceError.isInstance(caught)).toBe(true)
})
