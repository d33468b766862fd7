import {
  cropImage,
  type FramePart,
  type FramePicture,
  type PixelImage,
  type Region,
} from '@retinaface/core'
import { planesToRgb } from './planes-to-rgb.ts'
import type { FramePlanes } from './read-planes.ts'

/** A frame of planes whose colour is half as fine, as faces are looked for in it. */
export class PlanesPicture implements FramePicture {
  private readonly frame: FramePlanes
  private readonly matrix: string | undefined

  /** @param matrix see `planesToRgb` */
  constructor(frame: FramePlanes, matrix: string | undefined) {
    this.frame = frame
    this.matrix = matrix
  }

  get time(): number {
    return this.frame.time
  }

  get lightness(): PixelImage {
    return this.frame.planes[0]
  }

  whole(): PixelImage {
    return planesToRgb(this.frame, this.matrix, 1)
  }

  half(): PixelImage {
    return planesToRgb(this.frame, this.matrix, 0.5)
  }

  /** From an even column and row on. */
  part(region: Region): FramePart {
    const [luma, blue, red] = this.frame.planes
    const [x, y] = [region.x >> 1, region.y >> 1]
    const width = Math.min(blue.width - x, Math.ceil(region.width / 2) + 1)
    const height = Math.min(blue.height - y, Math.ceil(region.height / 2) + 1)
    const half = { x, y, width, height }
    const whole = { x: 2 * x, y: 2 * y, width: 2 * width, height: 2 * height }
    const planes = [cropImage(luma, whole), cropImage(blue, half), cropImage(red, half)] as const
    const image = planesToRgb({ time: this.time, planes }, this.matrix, 1)
    return { x: whole.x, y: whole.y, image }
  }
}
