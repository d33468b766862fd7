import type { MorphWeights } from '@retinaface/mesh-decoder'
import { DisposedError } from '@retinaface/mesh-decoder/errors'
import { Vector3 } from 'three'
import { type ExportedFile, type ExportFormat, exportFace } from '../export/export-face.ts'
import { checkFaces } from '../face/check-faces.ts'
import { decoderOf, type FaceModel, targetsOf } from '../face/face-model.ts'
import type { ViewerFace } from '../face/viewer-face.ts'
import { AutoTurn } from '../navigation/auto-turn.ts'
import { Interaction } from '../navigation/interaction.ts'
import { type KeyActions, listenToKeys } from '../navigation/keyboard.ts'
import { listenToClicks } from '../navigation/listen-to-clicks.ts'
import { type ViewerOptions, withOptions } from '../options/viewer-options.ts'
import { Picture } from '../picture/picture.ts'
import { isSameSize, type PictureSize } from '../picture/picture-camera.ts'
import type { ViewerImage } from '../picture/viewer-image.ts'
import { arrange, centreOf, createArrangement } from '../scene/arrange.ts'
import { pickFace } from '../scene/pick-face.ts'
import type { Stage } from '../scene/stage.ts'
import { View } from '../scene/view.ts'
import type { ViewerStatistics } from '../scene/viewer-statistics.ts'
import { createStage } from './create-stage.ts'
import type { FaceViewer } from './face-viewer.ts'
import { FrameLoop } from './frame-loop.ts'
import { ShownFaces } from './shown-faces.ts'
import {
  blobOf,
  createViewerCanvas,
  labelCanvas,
  resolveColor,
  sizeInPixels,
} from './viewer-canvas.ts'
import { ViewerEmitter } from './viewer-emitter.ts'

/** The viewer: brings faces, picture, scene and stage together. */
export class LiveViewer extends ViewerEmitter implements FaceViewer, KeyActions {
  readonly canvas: HTMLCanvasElement = createViewerCanvas()
  private readonly stage: Stage
  private readonly picture: Picture
  private readonly faces = new ShownFaces()
  private readonly arrangement = createArrangement()
  private readonly view = new View(this.arrangement.extent)
  private readonly interaction: Interaction
  private readonly loop = new FrameLoop(() => this.draw())
  private readonly autoTurn = new AutoTurn((steps) => this.turn(steps, 0))
  private readonly listeners = new AbortController()
  private readonly resizes = new ResizeObserver(() => this.resize())
  private readonly spanned = { width: 1, height: 1 }
  private shown: ViewerOptions
  private focused: number | null = null
  private isDisposed = false
  private readonly model: FaceModel

  constructor(
    container: HTMLElement,
    options: ViewerOptions,
    renderer: 'auto' | 'software',
    model: FaceModel,
  ) {
    super()
    this.model = model
    this.shown = options
    this.stage = createStage(this.canvas, renderer)
    this.picture = new Picture(this.stage.kind === 'software')
    container.append(this.canvas)
    this.interaction = new Interaction(this.view, this.canvas, () => this.loop.invalidate())
    const { signal } = this.listeners
    listenToKeys(this.canvas, this, signal)
    listenToClicks(this.canvas, (x, y) => this.selectAt(x, y), signal)
    for (const type of ['contextlost', 'contextrestored'] as const) {
      this.canvas.addEventListener(`webgl${type}`, () => this.contextChanged(type), { signal })
    }
    this.resizes.observe(this.canvas)
    this.resize()
    this.begin()
    this.autoTurn.setWanted(options.autoTurn)
  }

  get renderer(): 'webgl' | 'software' {
    return this.stage.kind
  }

  get options(): ViewerOptions {
    return this.shown
  }

  get focusedFace(): number | null {
    return this.focused
  }

  get statistics(): ViewerStatistics {
    const { frames, milliseconds } = this.loop
    return { ...this.stage.statistics, frames, frameMilliseconds: milliseconds }
  }

  update(faces: readonly ViewerFace[], image?: ViewerImage): void {
    this.assertAlive()
    checkFaces(faces)
    const { size } = this.picture
    const hadFaces = this.faces.drawn.length > 0
    this.picture.set(image)
    this.faces.set(faces)
    if (this.focused !== null && !this.faces.find(this.focused)) this.setFocused(null)
    if (hadFaces && isSameSize(size, this.picture.size)) this.follow()
    else this.begin()
  }

  setOptions(options: Partial<ViewerOptions>): void {
    this.assertAlive()
    const { scene } = this.shown
    this.shown = withOptions(this.shown, options)
    this.autoTurn.setWanted(this.shown.autoTurn)
    if (this.shown.scene !== scene) this.begin()
    else this.loop.invalidate()
    this.emit('optionschange', this.shown)
  }

  focusFace(index: number | null): void {
    this.assertAlive()
    if (index !== null) this.faces.get(index)
    this.setFocused(index)
    this.begin()
  }

  resetView(): void {
    this.assertAlive()
    this.setFocused(null)
    this.begin()
  }

  setLatent(faceIndex: number, latent: Float32Array): void {
    this.assertAlive()
    const decoder = decoderOf(this.model)
    this.faces.get(faceIndex).decode(decoder, latent)
    this.follow()
  }

  setExpressions(faceIndex: number, weights: MorphWeights): void {
    this.assertAlive()
    const targets = targetsOf(this.model, weights)
    this.faces.get(faceIndex).express(targets, weights)
    this.follow()
  }

  async screenshot(): Promise<Blob> {
    this.assertAlive()
    this.loop.run()
    const blob = await blobOf(this.canvas)
    if (!blob) throw new DisposedError('viewer', 'show faces')
    return blob
  }

  async exportFace(format: ExportFormat, index?: number): Promise<readonly ExportedFile[]> {
    this.assertAlive()
    const place = index ?? this.focused ?? this.faces.drawn[0]?.index ?? 0
    return exportFace(this.faces.get(place), format, this.model.targets)
  }

  async toggleFullScreen(): Promise<void> {
    this.assertAlive()
    if (document.fullscreenElement) await document.exitFullscreen()
    else await this.canvas.parentElement?.requestFullscreen()
  }

  [Symbol.dispose](): void {
    this.dispose()
  }

  dispose(): void {
    if (this.isDisposed) return
    this.isDisposed = true
    this.loop.stop()
    this.autoTurn.dispose()
    this.resizes.disconnect()
    this.listeners.abort()
    this.interaction.dispose()
    this.stage.dispose()
    this.canvas.remove()
  }

  turn(right: number, up: number): void {
    this.assertAlive()
    this.interaction.turn(right, up)
  }

  zoom(factor: number): void {
    this.assertAlive()
    this.interaction.zoom(factor)
  }

  stepFace(step: 1 | -1): void {
    const face = this.faces.beside(this.focused, step)
    if (face) this.focusFace(face.index)
  }

  toggleAutoTurn(): void {
    this.setOptions({ autoTurn: !this.shown.autoTurn })
  }

  private get pictureSize(): PictureSize {
    return this.picture.size ?? this.faces.span(this.spanned)
  }

  /** Shows the scene, or the face in focus, from where it is seen first. */
  private begin(): void {
    this.arrange()
    this.interaction.begin(this.shown.scene, this.arrangement)
    const face = this.faces.find(this.focused)
    if (!face || this.shown.scene === 'single') return
    this.interaction.focus(centreOf(face, new Vector3()), face, this.arrangement)
  }

  private follow(): void {
    this.arrange()
    this.interaction.follow(this.arrangement)
  }

  private arrange(): void {
    const focus = this.faces.find(this.focused)
    arrange(this.shown.scene, this.faces.drawn, this.pictureSize, focus, this.arrangement)
    labelCanvas(this.canvas, this.faces, this.focused)
    this.loop.invalidate()
  }

  private draw(): void {
    const { arrangement, view, picture, pictureSize, shown: options } = this
    const background = resolveColor(this.canvas, options.background)
    view.project(arrangement)
    this.stage.draw({ arrangement, view, picture, pictureSize, options, background })
  }

  private resize(): void {
    const { width, height } = sizeInPixels(this.canvas)
    this.stage.resize(width, height)
    this.view.aspect = width / height
    // Resizing clears the canvas, so it is drawn before the screen shows it empty.
    this.loop.run()
  }

  private selectAt(x: number, y: number): void {
    const face = pickFace(this.arrangement.faces, this.view.camera, x, y)
    if (face && face.index !== this.focused) this.focusFace(face.index)
  }

  private setFocused(index: number | null): void {
    if (index === this.focused) return
    this.focused = index
    this.emit('faceselect', { index })
  }

  private contextChanged(type: 'contextlost' | 'contextrestored'): void {
    if (type === 'contextrestored') this.loop.invalidate()
    this.emit(type, null)
  }

  private assertAlive(): void {
    if (this.isDisposed) throw new DisposedError('viewer', 'show faces')
  }
}
