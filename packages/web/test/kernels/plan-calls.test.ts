import { readFileSync } from 'node:fs'
import { mnet025Slim } from '@retinaface/models/research'
import { expect, test } from 'vitest'
import { planSteps } from '../../src/kernels/kernel-steps.ts'
import { bytesOf, layOut } from '../../src/kernels/map-layout.ts'
import { planCalls } from '../../src/kernels/plan-calls.ts'

const program = planSteps(readFileSync(mnet025Slim.url))
const layers = new Map(program.steps.map(({ output }) => [output, { weights: 0, biases: 0 }]))
const size = [640, 480] as const
const heads = [32, 16, 8].map((stride) => `face_rpn_stride${stride}`)
const plan = (wanted: readonly string[], threads = 1) =>
  planCalls(program, { layers, first: 0, threads }, size, wanted)

test('maps lie where others lay that nobody reads any longer', () => {
  const wholes = [...program.maps.values()].filter(({ within }) => !within)
  const all = wholes.reduce((sum, map) => sum + bytesOf(layOut(map, map, size, 0)), 0)
  expect(plan(heads).bytes).toBeLessThan(0.6 * all)
})

test('what is not wanted is not computed', () => {
  const calls = (wanted: readonly string[]) =>
    plan(wanted).chunks.flatMap(({ calls: some }) => some).length
  expect(calls(heads.slice(0, 2))).toBeLessThan(calls(heads))
  expect(calls(heads)).toBeLessThan(calls(allOutputs()))
  expect(calls(['face_rpn_stride32'])).toBeLessThan(calls(heads.slice(0, 2)))
})

test('outputs lie apart from each other', () => {
  const places = [...plan(allOutputs()).outputs]
    .map(([, layout]) => ({ start: layout.border, end: layout.border + bytesOf(layout) }))
    .toSorted((a, b) => a.start - b.start)
  places.forEach(({ start }, i) => {
    expect(start).toBeGreaterThanOrEqual(places[i - 1]?.end ?? 0)
  })
})

function allOutputs(): string[] {
  return [...program.outputs.keys()]
}

test('on several threads a step waits for those before it, and steps of little work for no one', () => {
  const { chunks } = plan(allOutputs(), 2)
  expect(chunks[0]!.after).toBe(0)
  chunks.slice(1).forEach(({ after }, i) => {
    const before = chunks[i]!.after
    expect(after === before || after === i + 1).toBe(true)
  })
  expect(new Set(chunks.map(({ after }) => after)).size).toBeLessThan(chunks.length / 2)
  const small = planCalls(program, { layers, first: 0, threads: 2 }, [32, 32], allOutputs())
  expect(small.chunks).toHaveLength(1)
})
