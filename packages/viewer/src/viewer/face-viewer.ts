import type { MorphWeights } from '@retinaface/mesh-decoder'
import type { ExportedFile, ExportFormat } from '../export/export-face.ts'
import type { ViewerFace } from '../face/viewer-face.ts'
import type { ViewerOptions } from '../options/viewer-options.ts'
import type { ViewerImage } from '../picture/viewer-image.ts'
import type { ViewerStatistics } from '../scene/viewer-statistics.ts'
import type { ViewerEvents } from './viewer-events.ts'

/** Shows faces in a page; made by `createFaceViewer`. */
export interface FaceViewer {
  /** What draws: three.js on WebGL, or the software rasteriser where WebGL is missing. */
  readonly renderer: 'webgl' | 'software'
  /** The one element that the viewer adds to its container; it takes the keyboard's focus. */
  readonly canvas: HTMLCanvasElement
  readonly options: ViewerOptions
  /** Index of the face in focus; null for the whole scene. */
  readonly focusedFace: number | null
  readonly statistics: ViewerStatistics

  /**
   * Shows these faces, over this picture, instead of what was shown. For video, call it for every
   * frame: buffers are written in place.
   *
   * @throws {InvalidArgumentError} if a face's arrays do not fit one another or hold no numbers, or
   * the picture cannot be read; what was shown stays.
   */
  update(faces: readonly ViewerFace[], image?: ViewerImage): void
  /** @throws {InvalidArgumentError} for unknown options and values. */
  setOptions(options: Partial<ViewerOptions>): void
  /**
   * Brings a face close, or with null the whole scene.
   *
   * @throws {InvalidArgumentError} if there is no such face.
   */
  focusFace(index: number | null): void
  /** Turns the view, or moves the overlay, by steps of the arrow keys to the right and upwards. */
  turn(right: number, up: number): void
  /** Comes closer by a factor. */
  zoom(factor: number): void
  /** Goes back to where the scene began: the photo's own point of view. */
  resetView(): void
  /**
   * Decodes a face anew from P_ST, with the decoder that the viewer was given.
   *
   * @throws {InvalidArgumentError} if there is no decoder, no such face, or the length does not fit.
   */
  setLatent(faceIndex: number, latent: Float32Array): void
  /**
   * Gives a face another expression, with the targets that the viewer was given: coefficients by
   * ARKit's names, 0 to 1; what is not named is 0.
   *
   * @example
   * viewer.setExpressions(0, { jawOpen: 0.6, browInnerUp: 1 })
   *
   * @throws {InvalidArgumentError} if there are no targets or none of these names, no such face, or
   * the weights are no numbers.
   */
  setExpressions(faceIndex: number, weights: MorphWeights): void
  /** A PNG of what is shown. */
  screenshot(): Promise<Blob>
  /**
   * A face as files in the canonical frame, with the colours that its mesh has: one GLB (with the
   * viewer's targets), one PLY, or an OBJ with its MTL.
   *
   * @param index default: the face in focus, else the first that has a mesh
   * @throws {InvalidArgumentError} if there is no such face.
   */
  exportFace(format: ExportFormat, index?: number): Promise<readonly ExportedFile[]>
  /** Fills the screen with the container, or goes back. */
  toggleFullScreen(): Promise<void>
  addEventListener<Type extends keyof ViewerEvents>(
    type: Type,
    listener: (event: CustomEvent<ViewerEvents[Type]>) => void,
  ): void
  removeEventListener<Type extends keyof ViewerEvents>(
    type: Type,
    listener: (event: CustomEvent<ViewerEvents[Type]>) => void,
  ): void
  /** Frees the WebGL context with all that it holds, and takes the canvas out of the page. */
  dispose(): void
  /** Has `using` and `await using` dispose of it. */
  [Symbol.dispose](): void
}
