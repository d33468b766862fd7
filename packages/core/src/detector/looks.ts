import type { Cluster } from '../candidates/non-maximum-suppression.ts'
import type { LandmarkRefinement } from '../dense/landmark-refinement.ts'
import { type ResolvedDetectOptions, readsFaces } from '../face/detect-options.ts'
import { cropImage, type PixelImage } from '../image/pixel-image.ts'
import { resizeImage } from '../image/resize-image.ts'
import type { ImageSize, ShrunkenImage } from '../image/shrunken-image.ts'
import { type Quarters, turnImage } from '../image/turn-image.ts'
import type { Network } from '../network/network.ts'
import { closerScales, isSeenCloser, planCloserViews } from '../views/closer-views.ts'
import type { DetectionView } from '../views/detection-view.ts'
import { planViews } from '../views/plan-views.ts'
import type { ImageCandidate } from '../views/view-to-image.ts'
import type { ReadCandidate } from './merge-candidates.ts'
import type { AskedStage } from './run-stages.ts'
import { type Pass, runView } from './run-view.ts'

/** The looks at one picture: which passes follow one another, and how far they are. */
export class Looks {
  private readonly network: Network
  private readonly picture: ShrunkenImage
  private readonly stages: readonly AskedStage[]
  private readonly landmarks: LandmarkRefinement | undefined
  private readonly isShrunken: boolean
  private done = 0
  private clusters: readonly Cluster[] | undefined
  /** What was read of faces that smaller looks answer for. */
  readonly finer: ReadCandidate[] = []

  /** @param picture opaque; shrunken only as `planShrink` allows */
  constructor(
    network: Network,
    picture: ShrunkenImage,
    stages: readonly AskedStage[],
    landmarks: LandmarkRefinement | undefined,
  ) {
    const { pixels, width, height } = picture
    this.network = network
    this.picture = picture
    this.stages = stages
    this.landmarks = landmarks
    this.isShrunken = pixels.width !== width || pixels.height !== height
  }

  /** Which candidates are the same face, if there was one pass only and that was found there. */
  get knownClusters(): readonly Cluster[] | undefined {
    return this.done === 1 ? this.clusters : undefined
  }

  /**
   * Looks at the picture turned clockwise: the first look, then closer where small faces may be.
   *
   * @returns candidates in the picture as it is
   */
  async look(quarters: Quarters, options: ResolvedDetectOptions): Promise<ReadCandidate[]> {
    const { configuration } = this.network
    const { picture } = this
    const planned = planViews(picture, options, configuration, quarters)
    const views = this.isShrunken
      ? planned.map((view) => viewOfShrunken(view, picture.pixels))
      : planned
    let { candidates, hints } = await this.runAll(views, options)
    for (const scale of closerScales(views[0]!.region, options, configuration)) {
      const closer = planCloserViews(picture, scale, hints, options, configuration, quarters)
      const found = await this.runAll(closer, options)
      const kept = candidates.filter((one) => !isSeenCloser(one, closer, options, configuration))
      candidates = [...kept, ...found.candidates]
      hints = found.hints
    }
    return candidates
  }

  private async runAll(
    views: readonly DetectionView[],
    options: ResolvedDetectOptions,
  ): Promise<{ candidates: ReadCandidate[]; hints: ImageCandidate[] }> {
    const total = this.done + views.length
    const passes: Pass[] = []
    for (const view of views) {
      options.signal?.throwIfAborted()
      const stages = readsFaces(options) ? this.stages : []
      const pass = await runView(this.network, this.pixelsOf(view), view, options, {
        stages,
        landmarks: this.landmarks,
      })
      this.clusters = pass.clusters
      this.finer.push(...(pass.finer ?? []))
      this.done += 1
      options.onProgress?.({ done: this.done, total })
      passes.push(pass)
    }
    return {
      candidates: passes.flatMap(({ candidates }) => candidates),
      hints: passes.flatMap(({ hints }) => hints),
    }
  }

  /** What a view shows: a part of the picture, scaled, then turned. */
  private pixelsOf({ region, width, height, quarters }: DetectionView): PixelImage {
    const { pixels } = this.picture
    const part = this.isShrunken ? pixels : cropImage(pixels, region)
    const asIs = part.width === width && part.height === height
    return turnImage(asIs ? part : resizeImage(part, width, height), quarters)
  }
}

/** Pixels that were shrunk as far or further are looked at as they are: resampling twice blurs. */
function viewOfShrunken(view: DetectionView, { width, height }: ImageSize): DetectionView {
  return width <= view.width && height <= view.height ? { ...view, width, height } : view
}
