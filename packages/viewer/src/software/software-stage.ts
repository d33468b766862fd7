import { createRasterTarget, type RasterTarget, rasterize } from '@retinaface/mesh-decoder'
import { Vector3 } from 'three'
import type { Shot, Stage } from '../scene/stage.ts'
import { drawFace } from './draw-face.ts'
import { drawMarks } from './draw-marks.ts'
import { viewPinhole } from './view-pinhole.ts'

/** Samples along each axis of a pixel. */
const SAMPLES = 2
/** Pixels of the line between photo and meshes. */
const DIVIDER = 2

/** Draws with the software rasteriser of `@retinaface/mesh-decoder`, on a 2D canvas. */
export class SoftwareStage implements Stage {
  readonly kind = 'software'
  readonly statistics = { drawCalls: 0, triangles: 0, geometries: 0, textures: 0, programs: 0 }
  private readonly context: CanvasRenderingContext2D
  private readonly layer: HTMLCanvasElement = document.createElement('canvas')

  constructor(context: CanvasRenderingContext2D) {
    this.context = context
  }

  resize(width: number, height: number): void {
    for (const canvas of [this.context.canvas, this.layer]) {
      canvas.width = width
      canvas.height = height
    }
  }

  draw(shot: Shot): void {
    const { context } = this
    const { width, height } = context.canvas
    const { options, picture, background } = shot
    const split = Math.round(options.comparison * width)
    context.clearRect(0, 0, width, height)
    context.fillStyle = background
    context.fillRect(0, 0, width, height)
    this.statistics.drawCalls = 0
    this.statistics.triangles = 0
    const behind = options.scene === 'single' ? split : width
    if (picture.size && behind > 0) this.drawPhoto(shot, behind)
    if (split < width) this.drawFaces(shot, split)
    if (split > 0 && split < width) {
      context.fillStyle = 'white'
      context.fillRect(split - DIVIDER / 2, 0, DIVIDER, height)
    }
  }

  dispose(): void {
    // The canvas is the caller's; nothing else is held.
  }

  private drawPhoto(shot: Shot, width: number): void {
    const { canvas } = this.context
    const image = shot.picture.read()
    if (!image) return
    const target = createRasterTarget(canvas.width, canvas.height)
    const corners = [0, 0, 1, 0, 1, 1, 0, 1]
    const positions = new Float32Array(12)
    for (let corner = 0; corner < 4; corner++) {
      new Vector3(corners[corner * 2], corners[corner * 2 + 1], 0)
        .applyMatrix4(shot.arrangement.photo)
        .applyMatrix4(shot.view.matrix)
        .toArray(positions, corner * 3)
    }
    const texture = { uv: Float32Array.from(corners), image }
    const triangles = Int32Array.from([0, 1, 2, 0, 2, 3])
    const pinhole = viewPinhole(shot.view.camera, canvas.width, canvas.height)
    rasterize({ positions, triangles, texture }, pinhole, target, { cullBackFaces: false })
    this.statistics.drawCalls++
    this.statistics.triangles += 2
    this.show(target, 0, width)
  }

  private drawFaces(shot: Shot, left: number): void {
    const { canvas } = this.context
    const { faces } = shot.arrangement
    const target = createRasterTarget(canvas.width, canvas.height, SAMPLES)
    const pinhole = viewPinhole(shot.view.camera, canvas.width, canvas.height)
    const photo = shot.picture.read()
    for (const face of faces) {
      if (shot.options.material !== 'wireframe') drawFace(face, shot, photo, pinhole, target)
      this.statistics.drawCalls++
      this.statistics.triangles += face.triangles.length / 3
    }
    this.show(target, left, canvas.width)
    this.context.save()
    this.context.beginPath()
    this.context.rect(left, 0, canvas.width - left, canvas.height)
    this.context.clip()
    for (const face of faces) drawMarks(face, shot, this.context)
    this.context.restore()
  }

  /** Lays what was rasterised over the canvas, between two columns. */
  private show({ rgba, width, height }: RasterTarget, left: number, right: number): void {
    if (right <= left) return
    const pixels = new ImageData(new Uint8ClampedArray(rgba), width, height)
    this.layer.getContext('2d', { willReadFrequently: true })?.putImageData(pixels, 0, 0)
    const region = [left, 0, right - left, height] as const
    this.context.drawImage(this.layer, ...region, ...region)
  }
}
