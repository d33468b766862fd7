import { arrayClassOf } from '../arrays/array-class.ts'
import type { Face } from '../face/face.ts'
import {
  assertLayout,
  assertPixelImage,
  type DeepPixelImage,
  type PixelImage,
  rowStrideOf,
} from '../image/pixel-image.ts'
import { COVERS, type Cover } from './covers.ts'
import { boundsOf, type HeadRegion, headRegion } from './head-region.ts'
import { type HideOptions, type HideStyle, resolveHideOptions } from './hide-options.ts'

// As a share of the radii: inside the ellipse the cover is complete, outside it fades.
const fade = 0.2

/**
 * A copy of a picture in which nobody can be known: the head of each face is covered.
 *
 * Transparency stays as it was, and of pixels that are wholly transparent the colours are cleared: they
 * are in the file though nobody sees them. Metadata is no part of pixels, so none is kept.
 *
 * @param image 1, 3 or 4 channels, 8 or 16 bits a sample; it is left as it is
 * @param faces what to cover, as `findFacesToHide` gives them; boxes in pixels of the image
 * @returns pixels of the same size, channels and depth, without row padding
 * @throws {InvalidImageError} if the image's pixels do not fit its dimensions
 * @throws {InvalidArgumentError} if an option is not valid or a face has no box
 * @example
 * ```ts
 * const photo = await retinaface.readImage('photo.jpg')
 * const hidden = hideFaces(photo, await findFacesToHide(retinaface, photo), { style: 'blur' })
 * ```
 */
export function hideFaces(
  image: PixelImage,
  faces: readonly Pick<Face, 'box'>[],
  options?: HideOptions,
): PixelImage
export function hideFaces(
  image: DeepPixelImage,
  faces: readonly Pick<Face, 'box'>[],
  options?: HideOptions,
): DeepPixelImage
export function hideFaces(
  image: PixelImage | DeepPixelImage,
  faces: readonly Pick<Face, 'box'>[],
  options: HideOptions = {},
): PixelImage | DeepPixelImage {
  if (isDeep(image)) assertLayout(image)
  else assertPixelImage(image)
  const { style, margin } = resolveHideOptions(options)
  const regions = faces.map(({ box }) => headRegion(box, margin))
  const hidden = packedCopy(image)
  for (const region of regions) cover(hidden, region, style)
  if (hidden.channels === 4) clearTransparent(hidden.data)
  return hidden
}

function isDeep(image: PixelImage | DeepPixelImage): image is DeepPixelImage {
  return arrayClassOf(image?.data) === 'Uint16Array'
}

function packedCopy(image: PixelImage | DeepPixelImage): PixelImage | DeepPixelImage {
  const { width, height, channels } = image
  const rowStride = rowStrideOf(image)
  const length = width * height * channels
  const data = isDeep(image) ? new Uint16Array(length) : new Uint8Array(length)
  for (let y = 0; y < height; y++) {
    const start = y * rowStride
    data.set(image.data.subarray(start, start + width * channels), y * width * channels)
  }
  return { data, width, height, channels } as PixelImage | DeepPixelImage
}

/** Lays the cover over a head; alpha stays. */
function cover(image: PixelImage | DeepPixelImage, region: HeadRegion, style: HideStyle): void {
  const { data, width, channels } = image
  const { left, top, right, bottom } = boundsOf(region, image, fade)
  const colors = channels === 1 ? 1 : 3
  const laid = COVERS[style](image, region, colors)
  const columns = columnsOf(laid, left, Math.max(left, right), colors)
  const shares = new Float64Array(columns.share.length)
  for (let y = top; y < bottom; y++) {
    const along = rowColors(laid, y, colors)
    const [from, to] = extentOf(region, y)
    const [start, end] = [Math.max(left, from), Math.min(right, to)]
    for (let x = start; x < end; x++) shares[x - left] = coverage(region, x, y)
    for (let c = 0; c < colors; c++) {
      let pixel = (y * width + start) * channels + c
      for (let i = start - left; i < end - left; i++, pixel += channels) {
        const first = along[columns.first[i]! + c]!
        const color = first + columns.share[i]! * (along[columns.second[i]! + c]! - first)
        const before = data[pixel]!
        data[pixel] = before + shares[i]! * (color - before) + 0.5
      }
    }
  }
}

/** Where the colours of columns of pixels stand in a row's, see {@link rowColors}. */
function columnsOf({ column }: Cover, left: number, right: number, colors: number) {
  const first = new Int32Array(right - left)
  const second = new Int32Array(right - left)
  const share = new Float64Array(right - left)
  for (let i = 0; i < share.length; i++) {
    const [one, other, across] = column(left + i)
    first[i] = one * colors
    second[i] = other * colors
    share[i] = across
  }
  return { first, second, share }
}

/** Colours of a row of pixels where it passes the columns of cells, [columns, channels]. */
function rowColors(
  { colors: { cells, means }, row }: Cover,
  y: number,
  channels: number,
): Float64Array {
  const [upper, lower, down] = row(y)
  const length = cells * channels
  return Float64Array.from({ length }, (_, i) => {
    const from = means[upper * length + i]!
    return from + down * (means[lower * length + i]! - from)
  })
}

/** The columns of a row that a region with its fade touches; the last one is not included. */
function extentOf({ centreX, centreY, radiusX, radiusY }: HeadRegion, y: number): [number, number] {
  const down = (y + 0.5 - centreY) / radiusY
  const reach = radiusX * Math.sqrt(Math.max(0, (1 + fade) ** 2 - down ** 2))
  return [Math.floor(centreX - reach), Math.ceil(centreX + reach) + 1]
}

/** 1 inside the ellipse, 0 outside, and between over the fade. */
function coverage(
  { centreX, centreY, radiusX, radiusY }: HeadRegion,
  x: number,
  y: number,
): number {
  const across = (x + 0.5 - centreX) / radiusX
  const down = (y + 0.5 - centreY) / radiusY
  const square = across * across + down * down
  // Of most pixels the root need not be taken.
  return square <= 1 ? 1 : Math.max(0, (1 + fade - Math.sqrt(square)) / fade)
}

/**
 * Clears the colours of RGBA pixels that are wholly transparent; of 16 bits, those that 8 bits show as
 * that, since no face is looked for under them.
 */
function clearTransparent(data: (PixelImage | DeepPixelImage)['data']): void {
  const seen = data.BYTES_PER_ELEMENT === 2 ? 0x100 : 1
  for (let i = 0; i < data.length; i += 4) {
    if (data[i + 3]! >= seen) continue
    data[i] = 0
    data[i + 1] = 0
    data[i + 2] = 0
  }
}
