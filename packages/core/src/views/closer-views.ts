import type { ResolvedDetectOptions } from '../face/detect-options.ts'
import type { PixelImage } from '../image/pixel-image.ts'
import type { DetectionView } from './detection-view.ts'
import { EASY_FACE_SIZE, seenRegion, viewsOf } from './plan-views.ts'
import { cutTiles } from './tile-levels.ts'
import { type ImageCandidate, isInCore, longerSide } from './view-to-image.ts'

// What scores this much may be a face, whatever score is asked for.
const hintScore = 0.2
const enlargement = 1.5
// In pixels of the network's input. Small tiles leave out more of what has no small faces; large ones
// share less with their neighbours.
const tileSize = 384
const overlap = 64

/** The score from which on candidates are wanted. */
export function leastScore({ inputSize, scoreThreshold }: ResolvedDetectOptions): number {
  return inputSize === 'pyramid' ? Math.min(hintScore, scoreThreshold) : scoreThreshold
}

/** True if a candidate says that a closer look may find small faces there. */
export function isHint(
  candidate: ImageCandidate,
  { inputSize, minFaceSize }: ResolvedDetectOptions,
): boolean {
  return (
    inputSize === 'pyramid' &&
    candidate.score >= hintScore &&
    isSmall(candidate) &&
    longerSide(candidate.box) >= minFaceSize
  )
}

/** True if a first look's candidate does not count, since a closer look answers for it. */
export function isSeenCloser(
  candidate: ImageCandidate,
  closerViews: readonly DetectionView[],
): boolean {
  return (
    isSmall(candidate) &&
    closerViews.some(({ bounds }) => bounds && isInCore(candidate.box, bounds))
  )
}

/** The passes of a closer look: enlarged tiles of the places where small faces may be. */
export function planCloserViews(
  image: Pick<PixelImage, 'width' | 'height'>,
  hints: readonly ImageCandidate[],
  options: ResolvedDetectOptions,
  sizeMultiple: number,
): DetectionView[] {
  if (hints.length === 0) return []
  const region = seenRegion(image, options)
  const width = Math.round(region.width * enlargement)
  const height = Math.round(region.height * enlargement)
  return cutTiles(region, width, height, { tileSize, overlap })
    .filter(({ bounds }) => hints.some(({ box }) => isInCore(box, bounds)))
    .flatMap((tile) => viewsOf(tile, options, sizeMultiple))
}

function isSmall({ box }: ImageCandidate): boolean {
  return longerSide(box) < EASY_FACE_SIZE
}
