import { Color, type Mesh, SRGBColorSpace } from 'three'
import { MTLLoader } from 'three/examples/jsm/loaders/MTLLoader.js'
import { OBJLoader } from 'three/examples/jsm/loaders/OBJLoader.js'
import { expect, test } from 'vitest'
import { writeObj } from '../../src/export/write-obj.ts'
import { vertexNormals } from '../../src/light/vertex-normals.ts'
import { exportedFace } from '../helpers/exported-face.ts'
import { worstDifference } from '../helpers/numbers.ts'

const { positions, triangles, uv, colors } = exportedFace
const perCorner = (values: Float32Array, size: number) =>
  Float32Array.from([...triangles].flatMap((v) => [...values.subarray(v * size, v * size + size)]))

test('three.js reads the OBJ back corner by corner', () => {
  const { obj } = writeObj(exportedFace, { name: 'subject' })
  expect(obj).toMatch(/^# Unit: centimetres\n/)
  const mesh = new OBJLoader().parse(obj).children[0] as Mesh
  expect(mesh.name).toBe('subject')
  const of = (name: string) => mesh.geometry.getAttribute(name).array
  expect(worstDifference(of('position'), perCorner(positions, 3))).toBeLessThan(1e-6)
  expect(
    worstDifference(of('normal'), perCorner(vertexNormals(positions, triangles), 3)),
  ).toBeLessThan(2e-6)
  const upwards = perCorner(uv, 2).map((x, i) => (i % 2 ? 1 - x : x))
  expect(worstDifference(of('uv'), upwards)).toBeLessThan(2e-6)
  const first = new Color().setRGB(colors[0]!, colors[1]!, colors[2]!, SRGBColorSpace)
  const corner = triangles.indexOf(0) * 3
  expect(worstDifference(of('color').slice(corner, corner + 3), first.toArray())).toBeLessThan(1e-5)
})

test('three.js reads the MTL, which names the texture if there is one', () => {
  const { obj, mtl } = writeObj(exportedFace, { texture: 'face.png' })
  expect(obj).toContain('mtllib face.mtl')
  const { materialsInfo } = new MTLLoader().parse(mtl, '')
  expect(materialsInfo).toMatchObject({ face: { map_kd: 'face.png', kd: [1, 1, 1] } })
  expect(writeObj(exportedFace).mtl).not.toContain('map_Kd')
})

test('without texture coordinates and colours, faces name positions and normals alone', () => {
  const { obj } = writeObj({ positions, triangles })
  expect(obj).toMatch(/^v (-?[\d.e-]+ ){2}-?[\d.e-]+$/m)
  expect(obj).toContain(
    `f ${[...triangles.subarray(0, 3)].map((v) => `${v + 1}//${v + 1}`).join(' ')}`,
  )
  expect(obj).not.toContain('vt ')
  const mesh = new OBJLoader().parse(obj).children[0] as Mesh
  expect(mesh.geometry.getAttribute('position').count).toBe(3592 * 3)
})
