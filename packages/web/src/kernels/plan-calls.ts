import { Arena } from './arena.ts'
import {
  addEnlarged,
  convolve,
  depthwise,
  type KernelCall,
  readPixels,
  suitsWinograd,
  winograd,
  winogradScratch,
} from './kernel-calls.ts'
import type { KernelProgram, KernelStep } from './kernel-steps.ts'
import { bytesOf, layOut, type MapLayout } from './map-layout.ts'

/** Addresses of a layer's numbers. */
export interface LayerAddress {
  readonly weights: number
  readonly biases: number
  /** Of the weights for the Winograd kernel, where it is worth it. */
  readonly transformed?: number
}

/** All calls for an input of one size. */
export interface CallPlan {
  /** Address of the input's RGBA pixels. */
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
  const input = arena.take(4 * size[0] * size[1])
  addresses.set(program.input, input)
  const toCall = (step: KernelStep, to: MapLayout): KernelCall => {
    if (step.kind === 'readPixels') return readPixels(input, to, step.mean)
    const from = place(step.input)
    const { channels } = maps.get(step.input)!
    if (step.kind === 'addEnlarged') return addEnlarged(from, place(step.small), to, channels)
    const layer = { ...step.layer, ...layers.get(step.output)!, channels }
    if (step.kind === 'depthwise') return depthwise(from, to, layer)
    if (!suitsWinograd(to, layer)) return convolve(from, to, layer)
    const scratch = arena.take(winogradScratch(to, layer))
    arena.free(scratch)
    return winograd(from, to, layer, scratch)
  }
  const calls = steps.flatMap((step, i) => {
    const to = place(step.output)
    const call = toCall(step, to)
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
