import { Arena } from './arena.ts'
import { appendStep, type KernelChunk } from './chunk.ts'
import {
  add,
  clearBorder,
  convolve,
  depthwise,
  type KernelCall,
  type LayerAddress,
  maxPool,
  readPixels,
  suitsWinograd,
  winograd,
  winogradRows,
  winogradScratch,
} from './kernel-calls.ts'
import type { KernelProgram, KernelStep } from './kernel-steps.ts'
import { bytesOf, layOut, type MapLayout, type RowBand, rowsOf } from './map-layout.ts'
import { splitRows } from './split-rows.ts'

/** What a plan does not depend on the input for. */
export interface PlanPlace {
  /** Addresses by the steps' outputs. */
  readonly layers: ReadonlyMap<string, LayerAddress>
  /** The lowest address for maps. */
  readonly first: number
  readonly threads: number
}

/** How a step is computed: some rows of its output at a time. */
interface SplitStep {
  /** Rows that are computed together. */
  readonly together: number
  /** Multiplications, or what takes as long. */
  readonly cost: number
  readonly call: (band: RowBand) => KernelCall
}

/** All calls for an input of one size. */
export interface CallPlan {
  /** Address of the input's RGBA pixels. */
  readonly input: number
  readonly chunks: readonly KernelChunk[]
  /** Where the wanted outputs' maps lie afterwards. */
  readonly outputs: ReadonlyMap<string, MapLayout>
  /** Bytes of memory that are needed. */
  readonly bytes: number
}

/**
 * Plans what computes the wanted outputs and no more. Maps lie where others lay that nobody reads any
 * longer.
 */
export function planCalls(
  program: KernelProgram,
  { layers, first, threads }: PlanPlace,
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
  const input = arena.take(4 * size[0] * size[1])
  addresses.set(program.input, input)
  const split = (step: KernelStep, to: MapLayout): SplitStep => {
    const area = to.rows * to.columns
    const onto = (band: RowBand) => rowsOf(to, band)
    if (step.kind === 'readPixels') {
      const call = (band: RowBand) =>
        readPixels(input + 4 * size[0] * band.first, onto(band), step.mean)
      return { together: 1, cost: 4 * area, call }
    }
    const from = place(step.input)
    const { channels } = maps.get(step.input)!
    if (step.kind === 'add') {
      const other = place(step.other)
      const scale = other.rows / to.rows
      const call = (band: RowBand) =>
        add(rowsOf(from, band), rowsOf(other, band, scale), onto(band), { ...step, channels })
      return { together: 2, cost: channels * area, call }
    }
    if (step.kind === 'maxPool') {
      const call = (band: RowBand) => maxPool(rowsOf(from, band, 2), onto(band), channels)
      return { together: 1, cost: 4 * channels * area, call }
    }
    const layer = { ...step.layer, ...layers.get(step.output)!, channels }
    const cost = layer.weight.data.length * area
    const of = (band: RowBand) => rowsOf(from, band, layer.stride)
    if (step.kind === 'depthwise') {
      return { together: 1, cost: 4 * cost, call: (band) => depthwise(of(band), onto(band), layer) }
    }
    if (!suitsWinograd(to, layer)) {
      return { together: 1, cost, call: (band) => convolve(of(band), onto(band), layer) }
    }
    const scratch = arena.take(threads * winogradScratch(to, layer))
    arena.free(scratch)
    const call = (band: RowBand) => winograd(of(band), onto(band), layer, scratch)
    return { together: winogradRows(to), cost: cost / 2, call }
  }
  const chunks: KernelChunk[] = []
  for (const [i, step] of steps.entries()) {
    const to = place(step.output)
    const { together, cost, call } = split(step, to)
    const bands = splitRows(to.rows, together, cost, threads)
    appendStep(
      chunks,
      bands.map((band) => [call(band), ...clearBorder(to, band)]),
    )
    for (const [name, last] of lastUse) if (last === i) arena.free(addresses.get(name)!)
  }
  const found = wanted.map((name) => [name, place(outputs.get(name)!.map)] as const)
  return { input, chunks, outputs: new Map(found), bytes: arena.end }
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
  const read = step.kind === 'add' ? [step.input, step.other] : [step.input]
  return [...read, step.output]
}
