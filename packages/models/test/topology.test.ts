import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { checkManifoldDisc, readMeshTopology } from '@retinaface/mesh-decoder'
import { describe, expect, it } from 'vitest'

import { buildTopology } from '../scripts/build-topology.ts'
import { readCanonicalFace } from '../scripts/canonical-face.ts'

const bytes = await buildTopology()
const { levels, upsamplings, uv, mirror } = readMeshTopology(bytes)
const face = await readCanonicalFace()

describe('the face topology', () => {
  it('is bit for bit the one that the weights were trained on', () => {
    expect(sha256(bytes)).toBe('02514d6ce5254fd9b02667b9a3a02558adaf7ea1d401d79e08605ddccf902565')
  })

  it('is in the built assets', async () => {
    const built = new URL('../assets/generated/face-topology.safetensors', import.meta.url)
    expect(sha256(await readFile(built))).toBe(sha256(bytes))
  })

  it('has the levels 8, 30, 117, 468 and 1,833, each one manifold disc', () => {
    expect(levels.map(({ positions }) => positions.length / 3)).toEqual([8, 30, 117, 468, 1833])
    expect(levels.slice(3).map(({ triangles }) => triangles.length / 3)).toEqual([898, 3592])
    for (const level of levels) expect(() => checkManifoldDisc(level)).not.toThrow()
  })

  it("has MediaPipe's own vertices, in their order, as level 3 and first in level 4", () => {
    expect(levels[3]!.triangles).toEqual(face.triangles)
    expect(levels[3]!.positions).toEqual(face.positions)
    expect(levels[4]!.positions.subarray(0, 468 * 3)).toEqual(face.positions)
    expect(uv.subarray(0, 468 * 2)).toEqual(face.uv)
  })

  it('is in the canonical frame: centimetres, x to the left of the subject, y up, z out', () => {
    const at = (vertex: number) => [...face.positions.subarray(vertex * 3, vertex * 3 + 3)]
    const [noseTip, rightEye, leftEye, forehead, chin] = [1, 33, 263, 10, 152].map(at) as number[][]
    expect(rightEye![0]).toBeLessThan(-4)
    expect(leftEye![0]).toBeGreaterThan(4)
    expect(forehead![1]).toBeGreaterThan(8)
    expect(chin![1]).toBeLessThan(-9)
    expect(noseTip![2]).toBeGreaterThan(7)
  })

  it('has texture coordinates from the top left, v down', () => {
    const v = (vertex: number) => uv[vertex * 2 + 1]!
    expect(v(10)).toBeLessThan(v(1))
    expect(v(1)).toBeLessThan(v(152))
    expect(uv.every((value) => value > 0 && value < 1)).toBe(true)
  })

  it('is symmetric: its mirror image has the same vertices and the same edges', () => {
    const { positions, triangles } = levels[4]!
    const edges = edgesOf(triangles)
    expect(edgesOf(triangles.map((vertex) => mirror[vertex]!))).toEqual(edges)
    mirror.forEach((partner, vertex) => {
      const mirrored = [
        -positions[vertex * 3]!,
        positions[vertex * 3 + 1],
        positions[vertex * 3 + 2],
      ]
      const difference = mirrored.map((value, axis) => value! - positions[partner * 3 + axis]!)
      expect(Math.hypot(...difference)).toBeLessThan(1e-5)
    })
  })

  it('comes near to the face at each level', () => {
    // Root mean squared distance, cm, of the vertices of each finer level from the coarser surface.
    const errors = upsamplings.map(({ index, weight }, i) => {
      const coarse = levels[i]!.positions
      const fine = levels[i + 1]!.positions
      let sum = 0
      fine.forEach((value, at) => {
        const row = Math.floor(at / 3) * 3
        let sampled = 0
        for (let k = row; k < row + 3; k++)
          sampled += weight[k]! * coarse[index[k]! * 3 + (at % 3)]!
        sum += (value - sampled) ** 2
      })
      return Math.sqrt(sum / (fine.length / 3))
    })
    expect(errors.map((error) => error.toFixed(2))).toEqual(['1.50', '0.35', '0.09', '0.00'])
  })
})

function edgesOf(triangles: Int32Array): Set<number> {
  const edges = new Set<number>()
  triangles.forEach((a, corner) => {
    const b = triangles[corner % 3 === 2 ? corner - 2 : corner + 1]!
    edges.add(Math.min(a, b) * 10000 + Math.max(a, b))
  })
  return edges
}

function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
