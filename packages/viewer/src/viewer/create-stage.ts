import { UnsupportedError } from '../errors/viewer-error.ts'
import type { Stage } from '../scene/stage.ts'
import { SoftwareStage } from '../software/software-stage.ts'
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

/**
 * Smooth edges take four samples a pixel. Where WebGL itself is drawn in software they take half of
 * the time of many faces, and are done without.
 */
function openWebgl(canvas: HTMLCanvasElement): WebGL2RenderingContext | null {
  return (
    canvas.getContext('webgl2', { antialias: true, failIfMajorPerformanceCaveat: true }) ??
    canvas.getContext('webgl2', { antialias: false })
  )
}
