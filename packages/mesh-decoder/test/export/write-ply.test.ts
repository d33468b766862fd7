import { Color, SRGBColorSpace } from 'three'
import { PLYLoader } from 'three/examples/jsm/loaders/PLYLoader.js'
import { expect, test } from 'vitest'
import { writePly } from '../../src/export/write-ply.ts'
import { vertexNormals } from '../../src/light/vertex-normals.ts'
import { exportedFace } from '../helpers/exported-face.ts'
import { worstDifference } from '../helpers/numbers.ts'

const { positions, triangles, uv, colors } = exportedFace

test('three.js reads the PLY back', () => {
  const geometry = new PLYLoader().parse(writePly(exportedFace).slice().buffer)
  const of = (name: string) => geometry.getAttribute(name).array
  expect(worstDifference(of('position'), positions)).toBe(0)
  expect(worstDifference(of('normal'), vertexNormals(positions, triangles))).toBe(0)
  expect(
    worstDifference(
      of('uv'),
      uv.map((x, i) => (i % 2 ? 1 - x : x)),
    ),
  ).toBe(0)
  expect([...geometry.getIndex()!.array]).toEqual([...triangles])
  const color = geometry.getAttribute('color')
  for (let vertex = 0; vertex < 1833; vertex += 100) {
    const [r, g, b] = [...colors.subarray(vertex * 3, vertex * 3 + 3)]
    const expected = new Color().setRGB(r!, g!, b!, SRGBColorSpace).toArray()
    const found = [color.getX(vertex), color.getY(vertex), color.getZ(vertex)]
    // 8 bits sRGB in the file, and 8 bits linear in the loader.
    const worst = Math.max(...found.map((value, k) => Math.abs(value - expected[k]!)))
    expect(worst).toBeLessThan(0.007)
  }
})

test('a PLY of shape alone has exactly the bytes of its header, vertices and faces', () => {
  const bytes = writePly({ positions, triangles })
  const header = new TextDecoder().decode(bytes).split('end_header\n')[0]!
  expect(header).not.toMatch(/red|property float s\n/)
  const body = bytes.length - header.length - 'end_header\n'.length
  expect(body).toBe(1833 * 24 + 3592 * 13)
})
