import type { Sampling } from '../topology/sampling.ts'
import { activationStage } from './activation-stage.ts'
import { type ConvolutionScratch, scratchSizes } from './convolution-scratch.ts'
import { convolutionStage } from './convolution-stage.ts'
import type { DecoderNetwork, DecoderStep } from './decoder-network.ts'
import { HeapLayout } from './heap-layout.ts'
import { type LinearStage, linearStage } from './linear-stage.ts'
import { resampleStage } from './resample-stage.ts'
import { type Field, reserveField, type Stage } from './stage.ts'

/** A network laid out in memory: where the latent goes in, and the stages towards the vertices. */
export interface DecoderProgram {
  readonly layout: HeapLayout
  readonly latent: Field
  readonly first: LinearStage
  /** Those after the first, without an up-sampling at the end. */
  readonly stages: readonly Stage[]
  /** What the last stage writes: rows of 6 before they are up-sampled, scaled and the mean is added. */
  readonly output: Field
  /** From `output` to the vertices; undefined where it has a row for each. */
  readonly finish: Sampling | undefined
}

/** Lay out a network; an up-sampling and the convolution after it become one stage. */
export function decoderProgram({ latentSize, steps }: DecoderNetwork): DecoderProgram {
  const layout = new HeapLayout()
  const latent = reserveField(layout, 1, latentSize)
  const scratch = reserveScratch(layout, steps)
  const [linear, ...others] = steps
  const first = linearStage(layout, linear, latent)
  const stages: Stage[] = []
  const last = others.at(-1)
  const finish = last?.type === 'upsample' ? last.sampling : undefined
  let { output } = first
  others.forEach((step, i) => {
    const before = others[i - 1]
    const after = others[i + 1]
    if (step.type === 'upsample' && (after?.type === 'chebyshev' || step === last)) return
    const stage = stageOf(step, before, output)
    stages.push(stage)
    output = stage.output
  })
  return { layout, latent, first, stages, output, finish }

  function stageOf(step: DecoderStep, before: DecoderStep | undefined, input: Field): Stage {
    if (step.type === 'linear') return linearStage(layout, step, input)
    if (step.type === 'activation') return activationStage(step.activation, input)
    if (step.type === 'upsample') return resampleStage(layout, step.sampling, input)
    const sampling = before?.type === 'upsample' ? before.sampling : undefined
    return convolutionStage(layout, step, sampling, input, scratch)
  }
}

function reserveScratch(layout: HeapLayout, steps: readonly DecoderStep[]): ConvolutionScratch {
  const largest = { products: 0, upsampled: 0, recurrence: 0 }
  steps.forEach((step, i) => {
    if (step.type !== 'chebyshev') return
    const before = steps[i - 1]
    const rows = before?.type === 'upsample' ? before.coarseCount : step.laplacian.diagonal.length
    const sizes = scratchSizes(step, rows)
    for (const part of ['products', 'upsampled', 'recurrence'] as const) {
      largest[part] = Math.max(largest[part], sizes[part])
    }
  })
  return {
    products: layout.reserve(largest.products),
    upsampled: layout.reserve(largest.upsampled),
    recurrence: layout.reserve(largest.recurrence),
  }
}
