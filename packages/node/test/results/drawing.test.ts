import type { FaceMesh } from '@retinaface/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { borderFade } from '../../src/meshes/border-fade.ts'
import { readFaceTopology } from '../../src/meshes/face-topology.ts'
import { wireframePath } from '../../src/pictures/draw-wireframe.ts'

let mesh: Pick<FaceMesh, 'canonical' | 'positions' | 'triangles'>
let mirror: Int32Array
let coarse: Int32Array

beforeAll(async () => {
  const { levels, mirror: pairs } = await readFaceTopology()
  const { positions: canonical, triangles } = levels.at(-1)!
  // Frontal, ten pixels a centimetre, y down.
  const positions = canonical.map((value, i) => [10, -10, -10][i % 3]! * value)
  mesh = { canonical, positions, triangles }
  mirror = pairs
  coarse = levels.at(-2)!.triangles
})

describe('wireframePath', () => {
  test('draws each visible edge of the 468-vertex mesh once, and no other', () => {
    const point = (vertex: number) =>
      [0, 1].map((k) => mesh.positions[3 * vertex + k]!.toFixed(1)).join(' ')
    const edges = new Set<string>()
    for (let at = 0; at < coarse.length; at += 3) {
      const [a, b, c] = coarse.slice(at, at + 3) as unknown as [number, number, number]
      for (const [from, to] of [[a, b] as const, [b, c] as const, [c, a] as const]) {
        edges.add([point(from), point(to)].sort().join('|'))
      }
    }
    const drawn = wireframePath(mesh).slice(1).split('M')
    const keys = drawn.map((edge) => edge.split('L').sort().join('|'))
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.filter((key) => !edges.has(key))).toEqual([])
    expect(keys.length).toBeGreaterThan(0.8 * edges.size)
  })

  test('draws nothing of a mesh seen from behind', () => {
    const behind = mesh.positions.map((value, i) => (i % 3 === 0 ? -value : value))
    const front = wireframePath(mesh).length
    expect(wireframePath({ ...mesh, positions: behind }).length).toBeLessThan(0.2 * front)
  })
})

test('borderFade is 0 on the border, 1 from the width on, and symmetric', () => {
  const fade = borderFade(mesh, 0.9)
  // MediaPipe's top of the forehead, chin and nose tip.
  expect([fade[10], fade[152], fade[1]]).toEqual([0, 0, 1])
  expect(fade.filter((value) => value === 0).length).toBeLessThan(120)
  for (let vertex = 0; vertex < fade.length; vertex++) {
    expect(Math.abs(fade[vertex]! - fade[mirror[vertex]!]!)).toBeLessThan(0.05)
  }
})
