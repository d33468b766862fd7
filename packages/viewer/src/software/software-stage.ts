import type { Shot, Stage } from '../scene/stage.ts'

/** Draws with the software rasteriser of `@retinaface/mesh-decoder`. */
export class SoftwareStage implements Stage {
  readonly kind = 'software'
  readonly statistics: Stage['statistics'] = {
    drawCalls: 0,
    triangles: 0,
    geometries: 0,
    textures: 0,
    programs: 0,
  }
  private readonly context: CanvasRenderingContext2D

  constructor(context: CanvasRenderingContext2D) {
    this.context = context
  }

  resize(width: number, height: number): void {
    this.context.canvas.width = width
    this.context.canvas.height = height
  }

  draw(shot: Shot): void {
    this.context.fillStyle = shot.options.background
  }

  dispose(): void {}
}
