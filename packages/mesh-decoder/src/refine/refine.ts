import { anchorToImage, projectToAnchor } from '../camera/anchor-frame.ts'
import { InvalidArgumentError } from '../errors/retinaface-error.ts'
import type { PixelImage } from '../raster/pixel-image.ts'
import { coloredMesh } from '../raster/render-face.ts'
import { type AnchorCrop, cropAround } from './anchor-crop.ts'
import { dampedStep } from './conjugate-gradients.ts'
import { FaceChain } from './face-chain.ts'
import { type FaceParameters, flatten, partsOf } from './face-parameters.ts'
import { landmarkRows } from './landmark-rows.ts'
import { searchAlong, type Trial } from './line-search.ts'
import { Objective, type ObjectiveValue } from './objective.ts'
import { checkRefineInput, REFINE_DEFAULTS, type RefineOptions } from './refine-options.ts'
import { priorAbout } from './refine-prior.ts'

/** A face at one moment of its refinement. */
export interface RefineStep extends ObjectiveValue {
  readonly parameters: FaceParameters
}

/** A refined face. */
export interface RefineResult {
  readonly parameters: FaceParameters
  /** L_pixel and the objective at the start. */
  readonly before: ObjectiveValue
  /** L_pixel and the objective at `parameters`. */
  readonly after: ObjectiveValue
  /** Steps taken. */
  readonly steps: number
}

/** Added to the Hessian's diagonal, in units of the objective per squared deviation. */
const DAMPING = 1e-4

/** Share of the objective that a step must gain for another to follow. */
const LEAST_GAIN = 1e-3

/**
 * Fits a face to a picture by a few steps that lower L_pixel over P_ST, P_cam and P_ill, from a
 * starting guess such as the dense branch's.
 *
 * Analysis by synthesis: the face is decoded, lit, projected and rasterised on a crop; steps are
 * Gauss's and Newton's, damped and solved by conjugate gradients, their length found by a line search.
 * A normal prior holds the latent near the mean face, camera and light near the start. A step that
 * does not lower the objective is never taken.
 *
 * @throws InvalidArgumentError if arrays do not fit one another or no pixel of the picture shows
 * the starting face.
 */
export function refine(
  image: PixelImage,
  start: FaceParameters,
  options: RefineOptions,
): RefineResult {
  const taken = [...refineSteps(image, start, options)]
  const [before, after] = [taken[0]!, taken.at(-1)!]
  return { parameters: after.parameters, before, after, steps: taken.length - 1 }
}

/**
 * {@link refine} one step at a time: yields the start, then the face after each step taken.
 *
 * @throws InvalidArgumentError as {@link refine} does.
 */
export function* refineSteps(
  image: PixelImage,
  start: FaceParameters,
  options: RefineOptions,
): Generator<RefineStep, void> {
  checkRefineInput(image, start, options)
  const { steps, cropSize, priorWeight } = { ...REFINE_DEFAULTS, ...options }
  const crop = cropAround(image, startingPoints(start, options), cropSize)
  const prior = priorAbout(start)
  const objective = new Objective({
    chain: new FaceChain(options, crop),
    probe: new FaceChain(options, crop),
    crop,
    prior,
    priorWeight,
    landmarks: options.landmarks && landmarkRows(options.landmarks, crop, options.anchor),
  })
  let current: Trial = startingTrial(objective, start, crop)
  yield stepOf(current)
  for (let step = 0; step < steps; step++) {
    const change = dampedStep(objective.linearize(current.parameters), DAMPING)
    const next = searchAlong(
      objective,
      current,
      change.map((x, i) => x * prior.deviation[i]!),
    )
    if (!next) return
    const gain = current.value.objective - next.value.objective
    current = next
    yield stepOf(current)
    if (gain < LEAST_GAIN * current.value.objective) return
  }
}

/** The starting face's vertices in the image frame. */
function startingPoints(start: FaceParameters, { decoder, triangles, anchor }: RefineOptions) {
  const { positions } = coloredMesh(decoder.decode(start.latent), triangles)
  return anchorToImage(projectToAnchor(positions, start.camera), anchor)
}

function startingTrial(objective: Objective, start: FaceParameters, crop: AnchorCrop): Trial {
  const parameters = flatten(start)
  const value = objective.evaluate(parameters)
  if (Number.isFinite(value.objective)) return { parameters, value }
  throw new InvalidArgumentError(
    'start',
    'a face that at least one pixel of the image shows',
    `one about (${Math.round(crop.x)}, ${Math.round(crop.y)})`,
  )
}

function stepOf({ parameters, value }: Trial): RefineStep {
  return { parameters: partsOf(parameters.slice()), ...value }
}
