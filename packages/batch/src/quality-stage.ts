import { type FaceStage, type PixelImage, type StageTools, sharpnessOf } from '@retinaface/core'
import { encodePicture, toSharp } from '@retinaface/node/results'

/** What the stage is asked. */
export interface QualityOption {
  /** Side in pixels of the crop that is given out. */
  readonly crop?: number
}

/** What the stage gives each face. */
export interface FaceQuality {
  readonly quality: {
    /** Variance of the Laplacian of the aligned crop of 112×112 pixels in grey, 0..255; null without a crop. */
    readonly sharpness: number | null
    /** The aligned crop as a JPEG, if it was asked for. */
    readonly crop: Uint8Array | null
  }
}

/**
 * A face stage that tells how sharp a face is, and cuts it out. It runs where the picture is, so that no
 * pixels go from worker to worker.
 */
export default async function openQualityStage({ alignFace }: StageTools): Promise<FaceStage> {
  return {
    tensors: [],
    needsPicture: () => true,
    read: async () => [],
    describe: async (picture, faces, option) => {
      const { crop } = option as QualityOption
      const cut = (points: Parameters<typeof alignFace>[1], scale: number) => {
        try {
          return alignFace(picture, points, { scale }).image
        } catch {
          // Landmarks that coincide.
          return undefined
        }
      }
      return Promise.all(
        faces.map(async ({ face: { landmarks } }): Promise<FaceQuality> => {
          const image = cut(landmarks, 1)
          const wanted = crop === undefined ? undefined : cut(landmarks, crop / 112)
          return {
            quality: {
              sharpness: image ? sharpnessOf(image) : null,
              crop: wanted ? await toJpeg(wanted) : null,
            },
          }
        }),
      )
    },
    release: async () => undefined,
  }
}

async function toJpeg(image: PixelImage): Promise<Uint8Array> {
  return Uint8Array.from(await encodePicture(toSharp(image), 'jpeg'))
}
