import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import { alignFace } from '../align/align-face.ts'
import { ModelLoadError } from '../errors/detector-errors.ts'
import type { NetworkSession } from '../network/network.ts'
import { toTensor } from '../network/network-input.ts'
import { DETECT_OPTION_NAMES } from './detect-options.ts'
import type { FaceStage, FaceStages } from './face-stage.ts'

/** Numbers of a stage's own network with their sizes. */
export interface FloatTensor {
  readonly data: Float32Array
  readonly dims: readonly number[]
}

/** A network on numbers, as a stage's own. */
export interface StageNetwork {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  /** From its inputs by name to all its outputs by name. */
  run(inputs: Readonly<Record<string, FloatTensor>>): Promise<Readonly<Record<string, FloatTensor>>>
  release(): Promise<void>
}

/** What a stage's module is given, so that it need import nothing. */
export interface StageTools {
  /** Opens an ONNX network on what runs the detector's. */
  openNetwork(onnx: Uint8Array): Promise<StageNetwork>
  readonly alignFace: typeof alignFace
}

/** Every platform's `URL`. */
declare const URL: new (address: string, base?: string) => { readonly href: string }

/** Addresses of stages' modules, each a URL, by the names of the options that ask for them. */
export type StageModules = Readonly<Record<string, string | { readonly href: string }>>

/**
 * Checks the addresses of stages' modules, and makes them plain data that workers can be told.
 *
 * @param base what relative addresses start at, if they may be relative
 * @throws {InvalidArgumentError}
 */
export function resolveStageModules(modules: StageModules, base?: string): Record<string, string> {
  if (typeof modules !== 'object' || modules === null) {
    throw new InvalidArgumentError(
      'options.stages',
      'an object that maps names to addresses',
      modules,
    )
  }
  return Object.fromEntries(
    Object.entries(modules).map(([name, address]) => {
      if (DETECT_OPTION_NAMES.includes(name)) {
        throw new InvalidArgumentError(
          'options.stages',
          'names that are not options of detect',
          name,
        )
      }
      return [name, hrefOf(`options.stages.${name}`, address, base)]
    }),
  )
}

/** The face stages whose modules lie at addresses; each is imported when it is first asked for. */
export function importStages(
  addresses: Readonly<Record<string, string>>,
  openSession: (onnx: Uint8Array) => Promise<NetworkSession>,
): FaceStages {
  const openNetwork = async (onnx: Uint8Array) => stageNetwork(await openSession(onnx))
  const tools: StageTools = { openNetwork, alignFace }
  const stages = Object.entries(addresses).map(([name, address]) => {
    return [name, () => importStage(name, address, tools)] as const
  })
  return Object.fromEntries(stages)
}

async function importStage(name: string, address: string, tools: StageTools): Promise<FaceStage> {
  let open: unknown
  try {
    open = (await import(/* @vite-ignore */ /* webpackIgnore: true */ address)).default
  } catch (error) {
    throw new ModelLoadError(
      `Could not load the face stage "${name}" from ${address}: ${String(error)}. Check the address; the module is loaded where the detector works, in its worker too.`,
      error,
    )
  }
  if (typeof open === 'function') return open(tools)
  throw new ModelLoadError(
    `The module ${address} of the face stage "${name}" has no default export that opens a stage, (tools) => Promise<FaceStage>.`,
  )
}

/** A session as a network on plain arrays, which stay valid; its runs must not overlap. */
export function stageNetwork(session: NetworkSession): StageNetwork {
  const { inputNames, outputNames } = session
  return {
    inputNames,
    outputNames,
    run: async (inputs) => {
      const feeds = Object.entries(inputs).map(([name, { data, dims }]) => {
        return [name, toTensor('float32', data, dims)] as const
      })
      const outputs = await session.run(Object.fromEntries(feeds), outputNames)
      // What a session gives is valid until its next run only.
      const kept = Object.entries(outputs).map(([name, { data, dims }]) => {
        return [name, { data: Float32Array.from(data as Float32Array), dims }] as const
      })
      return Object.fromEntries(kept)
    },
    release: () => session.release(),
  }
}

function hrefOf(argument: string, address: StageModules[string], base: string | undefined): string {
  try {
    return new URL(typeof address === 'string' ? address : address.href, base).href
  } catch {
    throw new InvalidArgumentError(argument, 'the URL of a module', address)
  }
}
