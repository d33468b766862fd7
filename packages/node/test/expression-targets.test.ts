import { expect, test } from 'vitest'
import { readExpressionTargets, readFaceTopology } from '../src/results.ts'

test('jaws go down by centimetres, and ears stay where they are', async () => {
  const topology = await readFaceTopology()
  const { positions } = topology.levels.at(-1)!
  const targets = await readExpressionTargets(topology)
  const moves = (name: string, chosen: (x: number, y: number, z: number) => boolean) => {
    const { displacements } = targets.find((target) => target.name === name)!
    return Array.from({ length: positions.length / 3 }, (_, i) => 3 * i)
      .filter((at) => chosen(positions[at]!, positions[at + 1]!, positions[at + 2]!))
      .map((at) => displacements.subarray(at, at + 3))
  }
  const chin = moves('jawOpen', (x, y) => Math.abs(x) < 1 && y < -8.5)
  expect(Math.min(...chin.map(([, up]) => up!))).toBeLessThan(-1.5)
  const byEars = (x: number, _: number, z: number) => Math.abs(x) > 7 && z < -2
  for (const name of ['jawOpen', 'mouthFrownLeft', 'mouthSmileRight', 'mouthFunnel']) {
    const ears = moves(name, byEars)
    expect(ears.length).toBeGreaterThan(10)
    expect(Math.max(...ears.map((move) => Math.hypot(...move)))).toBeLessThan(0.02)
  }
})
