import { longerSide } from '../candidates/box-size.ts'
import type { ResolvedDetectOptions } from '../face/detect-options.ts'
import type { ImageSize } from '../image/shrunken-image.ts'
import type { Quarters } from '../image/turn-image.ts'
import type { DetectionView } from './detection-view.ts'
import {
  easyScale,
  firstScale,
  followsMinFaceSize,
  type SeeingModel,
  scaled,
  seenRegion,
  viewsOf,
} from './plan-views.ts'
import { cutTiles } from './tile-levels.ts'
import { type ImageCandidate, isInCore } from './view-to-image.ts'

interface CloserLook {
  /** What scores this much may be a face, whatever score is asked for. */
  readonly hintScore: number
  /** What is smaller than this many of the network's easiest sizes is looked at again. */
  readonly small: number
  /** How much larger than pixel for pixel the closest look is. */
  readonly closest: number
}

const CLOSER_LOOKS: Readonly<Record<'auto' | 'pyramid', CloserLook>> = {
  auto: { hintScore: 0.1, small: 1.5, closest: 1 },
  pyramid: { hintScore: 0.2, small: 1, closest: 1.5 },
}

// In pixels of the network's input. Small tiles leave out more of what has no small faces; large ones
// share less with their neighbours.
const tileSize = 384
const overlap = 64
// Faces of this many times the network's easiest size are earlier looks' to find.
const largestInTile = 4
// A scale that is hardly larger shows nothing new.
const leastStep = 0.1

/** The scales of the closer looks, the coarsest first: each is at most about twice the one before. */
export function closerScales(
  region: ImageSize,
  options: ResolvedDetectOptions,
  { faceSizes }: SeeingModel,
): number[] {
  const look = closerLook(options)
  if (!look) return []
  const first = firstScale(region, options, faceSizes)
  const growth = (look.closest * easyScale(options, faceSizes)) / first
  const steps = Math.max(0, Math.ceil(Math.log2(growth) - leastStep))
  return Array.from({ length: steps }, (_, i) => first * growth ** ((i + 1) / steps))
}

/** The score from which on candidates are wanted. */
export function leastScore(options: ResolvedDetectOptions): number {
  const { scoreThreshold } = options
  return Math.min(closerLook(options)?.hintScore ?? scoreThreshold, scoreThreshold)
}

/** True if a candidate says that a closer look may find small faces there. */
export function isHint(
  candidate: ImageCandidate,
  options: ResolvedDetectOptions,
  model: SeeingModel,
): boolean {
  const look = closerLook(options)
  return (
    look !== undefined &&
    candidate.score >= look.hintScore &&
    isSmall(candidate, look, model) &&
    longerSide(candidate.box) >= options.minFaceSize
  )
}

/** True if an earlier look's candidate does not count, since a closer look answers for it. */
export function isSeenCloser(
  candidate: ImageCandidate,
  closerViews: readonly DetectionView[],
  options: ResolvedDetectOptions,
  model: SeeingModel,
): boolean {
  const look = closerLook(options)
  return (
    look !== undefined &&
    isSmall(candidate, look, model) &&
    closerViews.some(({ bounds }) => bounds && isInCore(candidate.box, bounds))
  )
}

/** The passes of a closer look: enlarged tiles of the places where small faces may be. */
export function planCloserViews(
  image: ImageSize,
  scale: number,
  hints: readonly ImageCandidate[],
  options: ResolvedDetectOptions,
  { input, faceSizes }: SeeingModel,
  quarters: Quarters = 0,
): DetectionView[] {
  if (hints.length === 0) return []
  const region = seenRegion(image, options)
  const { width, height } = scaled(region, scale)
  const maxImageSide = (largestInTile * faceSizes.from) / scale
  return cutTiles(region, width, height, { tileSize, overlap, maxImageSide })
    .filter(({ bounds }) => hints.some(({ box }) => isInCore(box, bounds)))
    .flatMap((tile) => viewsOf(tile, options, input.sizeMultiple, quarters))
}

function closerLook({ inputSize }: ResolvedDetectOptions): CloserLook | undefined {
  return followsMinFaceSize(inputSize) ? CLOSER_LOOKS[inputSize] : undefined
}

function isSmall(
  { box, scale }: ImageCandidate,
  { small }: CloserLook,
  { faceSizes }: SeeingModel,
): boolean {
  return longerSide(box) * scale < small * faceSizes.from
}
