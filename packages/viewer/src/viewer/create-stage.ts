import { UnsupportedError } from '../errors/unsupported-error.ts'
import type { Stage } from '../scene/stage.ts'
import { SoftwareStage } from '../software/software-stage.ts'
import { openWebgl } from '../webgl/open-webgl.ts'
import { WebglStage } from '../webgl/webgl-stage.ts'

/** WebGL where there is one, else the software rasteriser. */
export function createStage(canvas: HTMLCanvasElement, renderer: 'auto' | 'software'): Stage {
  const webgl = renderer === 'auto' ? openWebgl(canvas) : null
  if (webgl) return new WebglStage(canvas, webgl)
  // A canvas in main memory: what is rasterised there need not go to a graphics card and back.
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (context) return new SoftwareStage(context)
  throw new UnsupportedError(
    'This browser has neither WebGL 2 nor 2D canvases; show the photo or a list of faces instead.',
  )
}
