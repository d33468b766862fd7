import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'
import type { FaceModel } from '../face/face-model.ts'
import { VIEWER_DEFAULTS, type ViewerOptions, withOptions } from '../options/viewer-options.ts'
import type { FaceViewer } from './face-viewer.ts'
import { LiveViewer } from './live-viewer.ts'

/** What a viewer is made with. */
export interface CreateViewerOptions extends Partial<ViewerOptions>, FaceModel {
  /** `software` draws without WebGL even where there is one. Default `auto`. */
  readonly renderer?: 'auto' | 'software'
}

/**
 * Adds a viewer to an element, which it fills; give the element a height.
 *
 * @throws {InvalidArgumentError} for unknown options and values.
 * @throws {UnsupportedError} if the browser has neither WebGL 2 nor 2D canvases.
 */
export function createFaceViewer(
  container: HTMLElement,
  options: CreateViewerOptions = {},
): FaceViewer {
  if (!(container instanceof HTMLElement)) {
    throw new InvalidArgumentError('container', 'an HTML element', container)
  }
  const { decoder, targets, renderer = 'auto', ...shown } = options
  if (renderer !== 'auto' && renderer !== 'software') {
    throw new InvalidArgumentError('options.renderer', 'auto or software', renderer)
  }
  const model = { ...(decoder && { decoder }), ...(targets && { targets }) }
  return new LiveViewer(container, withOptions(VIEWER_DEFAULTS, shown), renderer, model)
}
