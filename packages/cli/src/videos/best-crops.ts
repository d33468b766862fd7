import {
  type AffineTransform,
  ARCFACE_TEMPLATE,
  alignFace,
  cropQuality,
  type PixelImage,
  type TrackedFace,
} from '@retinaface/core'
import type { FrameFacesWithIds } from '@retinaface/node'

/** A crop of a track. */
export interface TrackCrop {
  readonly face: TrackedFace
  /** When it is seen, in seconds. */
  readonly time: number
  /** See `cropQuality`. */
  readonly quality: number
  readonly image: PixelImage
  readonly transform: AffineTransform
}

// Two crops of a track lie so far apart, in seconds: neighbours show the same.
const apart = 0.5

/** The best crops of each track of a video so far. */
export class BestCrops {
  /** By the tracks' ids; of each the best first. */
  readonly tracks: Map<number, TrackCrop[]> = new Map()
  private readonly scale: number
  private readonly count: number

  /**
   * @param size side of a crop in pixels
   * @param count how many crops of a track are kept
   */
  constructor(size: number, count: number) {
    this.scale = size / ARCFACE_TEMPLATE.width
    this.count = count
  }

  /** Takes what is better in the next frame. */
  take({ image, time, faces }: FrameFacesWithIds): void {
    for (const face of faces) {
      const small = alignFace(image, face.landmarks).image
      const quality = cropQuality(face, small)
      const kept = this.tracks.get(face.id) ?? []
      const near = kept.filter((crop) => Math.abs(crop.time - time) < apart)
      const isFull = near.length === 0 && kept.length === this.count
      if (near.some((crop) => crop.quality >= quality)) continue
      if (isFull && kept.at(-1)!.quality >= quality) continue
      const aligned = alignFace(image, face.landmarks, { scale: this.scale })
      const crop = { face, time, quality, image: aligned.image, transform: aligned.transform }
      const best = [...kept.filter((one) => !near.includes(one)), crop]
      best.sort((a, b) => b.quality - a.quality)
      this.tracks.set(face.id, best.slice(0, this.count))
    }
  }
}
