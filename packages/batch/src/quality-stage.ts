import type { FaceStage, PixelImage, StageTools } from '@retinaface/core'
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

/**
 * Variance of the Laplacian of a picture in grey: low where it is blurred. (Pech-Pacheco et al., Diatom
 * autofocusing in brightfield microscopy, ICPR 2000.)
 */
export function sharpnessOf(image: PixelImage): number {
  const { width, height } = image
  const grey = toGrey(image)
  let sum = 0
  let squares = 0
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x
      const around = grey[at - 1]! + grey[at + 1]! + grey[at - width]! + grey[at + width]!
      const laplacian = around - 4 * grey[at]!
      sum += laplacian
      squares += laplacian * laplacian
    }
  }
  const count = (width - 2) * (height - 2)
  return squares / count - (sum / count) ** 2
}

/** Luma of BT.601. */
function toGrey({ data, width, height, channels, rowStride }: PixelImage): Float32Array {
  const stride = rowStride ?? width * channels
  const grey = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * stride + x * channels
      const [red, green, blue] =
        channels < 3 ? [data[at]!, data[at]!, data[at]!] : [data[at]!, data[at + 1]!, data[at + 2]!]
      grey[y * width + x] = 0.299 * red + 0.587 * green + 0.114 * blue
    }
  }
  return grey
}

async function toJpeg(image: PixelImage): Promise<Uint8Array> {
  return Uint8Array.from(await encodePicture(toSharp(image), 'jpeg'))
}
