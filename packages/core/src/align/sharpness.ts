import { type PixelImage, rowStrideOf } from '../image/pixel-image.ts'

/**
 * Variance of the Laplacian of a picture in grey: low where it is blurred. (Pech-Pacheco et al., Diatom
 * autofocusing in brightfield microscopy, ICPR 2000.) Pictures of one size compare, as aligned crops.
 *
 * @param image at least 3 × 3 pixels
 * @example
 * const [{ image }] = alignFaces(photo, faces)
 * const isBlurred = sharpnessOf(image) < 50
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
function toGrey(image: PixelImage): Float32Array {
  const { data, width, height, channels } = image
  const stride = rowStrideOf(image)
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
