import { Arena } from './arena.ts'
import type { Kernels } from './kernel-module.ts'
import type { KernelMap, KernelProgram, KernelStep } from './kernel-steps.ts'
import { bytesOf, layOut, type MapLayout } from './map-layout.ts'
import { BLOCK, wholeBlocks } from './pack-weights.ts'

/** A kernel and what it is called with. */
export type KernelCall = readonly [kernel: keyof Kernels, ...numbers: number[]]

/** Addresses of a layer's numbers. */
export interface LayerAddress {
  readonly weights: number
  readonly biases: number
}

/** All calls for an input of one size. */
export interface CallPlan {
  /** Address of the input's planes. */
  readonly input: number
  readonly calls: readonly KernelCall[]
  /** Where the wanted outputs' maps lie afterwards. */
  readonly outputs: ReadonlyMap<string, MapLayout>
  /** Bytes of memory that are needed. */
  readonly bytes: number
}

/**
 * Plans what computes the wanted outputs and no more. Maps lie where others lay that nobody reads any
 * longer.
 *
 * @param layers addresses by the steps' outputs
 * @param first the lowest address for maps
 */
export function planCalls(
  program: KernelProgram,
  layers: ReadonlyMap<string, LayerAddress>,
  first: number,
  size: readonly [width: number, height: number],
  wanted: readonly string[],
): CallPlan {
  const { maps, outputs } = program
  const nameOfWhole = (name: string) => maps.get(name)?.within?.map ?? name
  const kept = wanted.map((name) => nameOfWhole(outputs.get(name)!.map))
  const steps = neededSteps(program, kept, nameOfWhole)
  const lastUse = new Map<string, number>()
  for (const [i, step] of steps.entries()) {
    for (const name of mapsOf(step)) lastUse.set(nameOfWhole(name), i)
  }
  for (const name of kept) lastUse.set(name, steps.length)

  const arena = new Arena(first)
  const addresses = new Map<string, number>()
  const place = (name: string): MapLayout => {
    const whole = nameOfWhole(name)
    const layout = (address: number) => layOut(maps.get(name)!, maps.get(whole)!, size, address)
    const address = addresses.get(whole) ?? arena.take(bytesOf(layout(0)))
    addresses.set(whole, address)
    return layout(address)
  }
  const input = arena.take(4 * 3 * size[0] * size[1])
  addresses.set(program.input, input)
  const calls = steps.flatMap((step, i) => {
    const to = place(step.output)
    const call =
      step.kind === 'interleave'
        ? interleave(input, to, step.mean)
        : compute(step, place, to, layers.get(step.output), maps.get(step.input)!)
    for (const [name, last] of lastUse) if (last === i) arena.free(addresses.get(name)!)
    const border: KernelCall = ['clearBorder', to.border, to.rows, to.row, to.pixel]
    return [call, border]
  })
  const found = wanted.map((name) => [name, place(outputs.get(name)!.map)] as const)
  return { input, calls, outputs: new Map(found), bytes: arena.end }
}

/** Backwards from what is kept. */
function neededSteps(
  { steps }: KernelProgram,
  kept: readonly string[],
  nameOfWhole: (name: string) => string,
): KernelStep[] {
  const needed = new Set(kept)
  return steps
    .toReversed()
    .filter((step) => {
      if (!needed.has(nameOfWhole(step.output))) return false
      for (const name of mapsOf(step)) needed.add(nameOfWhole(name))
      return true
    })
    .reverse()
}

function mapsOf(step: KernelStep): readonly string[] {
  const read = step.kind === 'addEnlarged' ? [step.input, step.small] : [step.input]
  return [...read, step.output]
}

function interleave(input: number, to: MapLayout, mean: number): KernelCall {
  return ['interleave', input, to.start, to.rows, to.columns, to.row, mean]
}

function compute(
  step: Exclude<KernelStep, { kind: 'interleave' }>,
  place: (name: string) => MapLayout,
  to: MapLayout,
  address: LayerAddress | undefined,
  map: KernelMap,
): KernelCall {
  const from = place(step.input)
  if (step.kind === 'addEnlarged') {
    const small = place(step.small)
    const starts = [from.start, small.start, to.start]
    return ['addEnlarged', ...starts, to.rows, to.columns, to.row, small.row, map.channels]
  }
  const { weight, stride, relu } = step.layer
  const [channels = 0, , window = 1] = weight.dims
  const numbers = [address!.weights, address!.biases]
  const corner = from.start - (window === 3 ? from.row + from.pixel : 0)
  const floor = relu ? 0 : Number.NEGATIVE_INFINITY
  const rows = [to.rows, to.columns, stride * from.row, to.row] as const
  if (step.kind === 'depthwise') {
    const steps = [from.row, stride * from.pixel]
    return ['depthwise', corner, to.start, ...numbers, ...rows, ...steps, channels, floor]
  }
  // Without a stride all rows are one, the border between them is computed too and cleared later.
  const oneRow = [1, to.rows * (to.columns + 1) - 1, 0, 0] as const
  const run = window === 1 ? map.channels : (window * from.pixel) / 4
  return [
    'convolve',
    ...[corner, to.start, ...numbers, ...(stride === 1 ? oneRow : rows)],
    ...[stride * from.pixel, to.pixel, window, from.row, run],
    ...[wholeBlocks(channels) / BLOCK, floor],
  ]
}
