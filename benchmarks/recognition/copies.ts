import { type Box, type PixelImage, resizeImage, warpImage } from '@retinaface/core'

/** A copy of a picture that is harder to recognise; `box` is where the face lies in the picture. */
export type MakeCopy = (picture: PixelImage, box: Box) => PixelImage

/** The harder copies, by what was done to the picture. */
export const COPIES: Readonly<Record<string, MakeCopy>> = {
  'turned by 30°': (picture) => turn(picture, Math.PI / 6),
  'face of 48 px': (picture, box) => shrink(picture, box, 48),
  'face of 24 px': (picture, box) => shrink(picture, box, 24),
  'lower half hidden': (picture, [x1, y1, x2, y2]) => hide(picture, [x1, (y1 + y2) / 2, x2, y2]),
  'one side hidden': (picture, [x1, y1, x2, y2]) => hide(picture, [x1, y1, (x1 + x2) / 2, y2]),
}

function turn(picture: PixelImage, angle: number): PixelImage {
  const { width, height } = picture
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const [x, y] = [(width - 1) / 2, (height - 1) / 2]
  return warpImage(
    picture,
    [cos, -sin, x - cos * x + sin * y, sin, cos, y - sin * x - cos * y],
    picture,
  )
}

/** The whole picture, reduced until the longer side of the face has that many pixels. */
function shrink(picture: PixelImage, [x1, y1, x2, y2]: Box, pixels: number): PixelImage {
  const scale = pixels / Math.max(x2 - x1, y2 - y1)
  const [width, height] = [picture.width, picture.height].map((side) => Math.round(side * scale))
  return resizeImage(picture, width!, height!)
}

function hide(picture: PixelImage, [x1, y1, x2, y2]: Box): PixelImage {
  const { width, height, channels } = picture
  const data = picture.data.slice()
  const inside = (value: number, side: number) => Math.min(side, Math.max(0, Math.round(value)))
  for (let y = inside(y1, height); y < inside(y2, height); y++) {
    const row = y * width
    data.fill(128, (row + inside(x1, width)) * channels, (row + inside(x2, width)) * channels)
  }
  return { ...picture, data }
}
