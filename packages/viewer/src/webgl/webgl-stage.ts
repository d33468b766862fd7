import { type Camera, Color, LinearSRGBColorSpace, Object3D, Scene, WebGLRenderer } from 'three'
import type { ShownFace } from '../face/shown-face.ts'
import type { Shot, Stage } from '../scene/stage.ts'
import { FaceObject } from './face-object.ts'
import { MarkKit, MarkObjects } from './mark-objects.ts'
import { parseColor } from './parse-color.ts'
import { PhotoObject } from './photo-object.ts'

/** What is drawn of a face. */
interface DrawnFace {
  readonly object: FaceObject
  readonly marks: MarkObjects
}

/** Pixels of the line between photo and meshes. */
const DIVIDER = 2
const WHITE = new Color(1, 1, 1)

/** Draws with three.js. */
export class WebglStage implements Stage {
  readonly kind = 'webgl'
  private readonly renderer: WebGLRenderer
  private readonly scene = new Scene()
  private readonly faces = new Object3D()
  private readonly photo = new PhotoObject()
  private readonly kit = new MarkKit()
  private readonly objects = new Map<ShownFace, DrawnFace>()
  private background = ''
  private readonly clearColor = new Color()
  private clearAlpha = 0

  constructor(canvas: HTMLCanvasElement, context: WebGL2RenderingContext) {
    this.renderer = new WebGLRenderer({ canvas, context })
    // Colours are used as they are stored, as docs/coordinate-frames.md has it.
    this.renderer.outputColorSpace = LinearSRGBColorSpace
    this.renderer.autoClear = false
    this.renderer.info.autoReset = false
    this.scene.add(this.photo.mesh, this.faces)
  }

  resize(width: number, height: number): void {
    this.renderer.setSize(width, height, false)
  }

  draw(shot: Shot): void {
    this.sync(shot)
    const { renderer } = this
    const { options, view } = shot
    const { width, height } = renderer.domElement
    const split = Math.round(options.comparison * width)
    renderer.info.reset()
    renderer.setClearColor(this.clearColor, this.clearAlpha)
    renderer.setScissorTest(false)
    renderer.clear()
    renderer.setScissorTest(true)
    if (split > 0) {
      renderer.setScissor(0, 0, split, height)
      this.drawParts(true, false, view.camera)
    }
    if (split < width) {
      renderer.setScissor(split, 0, width - split, height)
      this.drawParts(options.scene !== 'single', true, view.camera)
    }
    if (split > 0 && split < width) {
      renderer.setScissor(split - DIVIDER / 2, 0, DIVIDER, height)
      renderer.setClearColor(WHITE, 1)
      renderer.clearColor()
    }
    renderer.setScissorTest(false)
    // Only now: programs that faces share outlive those that were replaced.
    for (const face of this.objects.keys()) if (face.isReplaced) this.remove(face)
  }

  get statistics(): Stage['statistics'] {
    const { render, memory, programs } = this.renderer.info
    return {
      drawCalls: render.calls,
      triangles: render.triangles,
      geometries: memory.geometries,
      textures: memory.textures,
      programs: programs?.length ?? 0,
    }
  }

  dispose(): void {
    for (const face of this.objects.keys()) this.remove(face)
    this.kit.dispose()
    this.photo.dispose()
    this.renderer.dispose()
    this.renderer.forceContextLoss()
  }

  private drawParts(photo: boolean, faces: boolean, camera: Camera): void {
    this.photo.mesh.visible = photo && this.photo.uniforms.hasPhoto.value
    this.faces.visible = faces
    this.renderer.render(this.scene, camera)
  }

  private sync({ arrangement, options, background, picture, pictureSize, view }: Shot): void {
    if (background !== this.background) {
      const [red, green, blue, alpha] = parseColor(background)
      this.background = background
      this.clearColor.setRGB(red, green, blue, LinearSRGBColorSpace)
      this.clearAlpha = alpha
    }
    this.photo.sync(picture, arrangement.photo)
    for (const { object, marks } of this.objects.values()) {
      object.hide()
      marks.sync(options, false)
    }
    for (const face of arrangement.faces) {
      const { object, marks } = this.objects.get(face) ?? this.add(face)
      object.sync(options, pictureSize, view.matrix)
      marks.sync(options, true)
    }
  }

  private add(face: ShownFace): DrawnFace {
    const object = new FaceObject(face, this.photo.uniforms, this.kit.materials.occluder)
    const marks = new MarkObjects(face, this.kit)
    this.faces.add(...object.all, ...marks.all)
    const drawn = { object, marks }
    this.objects.set(face, drawn)
    return drawn
  }
  private remove(face: ShownFace): void {
    const { object, marks } = this.objects.get(face)!
    this.faces.remove(...object.all, ...marks.all)
    object.dispose()
    marks.dispose()
    this.objects.delete(face)
  }
}
