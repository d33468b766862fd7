import type { MeshDecoder, MorphTarget } from '@retinaface/mesh-decoder'
import type { ViewerFace } from '../face/viewer-face.ts'
import { VIEWER_DEFAULTS, type ViewerOptions, withOptions } from '../options/viewer-options.ts'
import type { ViewerImage } from '../picture/viewer-image.ts'
import { createFaceViewer } from '../viewer/create-face-viewer.ts'
import type { FaceViewer } from '../viewer/face-viewer.ts'
import type { ViewerEvents } from '../viewer/viewer-events.ts'
import { adoptStyle } from './element-style.ts'
import { OPTION_ATTRIBUTES, OPTIONS, readOptions, writeOptions } from './option-attributes.ts'
import type { TypedEvents } from './typed-events.ts'

/** Servers that render pages import this module too, and have no elements. */
const Base = (globalThis.HTMLElement ?? class {}) as new () => TypedEvents

const EVENTS: readonly (keyof ViewerEvents)[] = [
  'faceselect',
  'optionschange',
  'contextlost',
  'contextrestored',
]
const PROPERTIES = [...OPTIONS, 'faces', 'image', 'decoder', 'targets'] as const

/**
 * `<retinaface-viewer>`: a face viewer as an element, there while the element is in a page.
 *
 * Attributes are the viewer's options in kebab-case, and properties of the same names in camelCase
 * reflect them. `faces` and `image` are properties only. The slots `empty` and `fallback` are shown
 * where there are no faces, and where the browser cannot draw. The viewer's events bubble from the
 * element; `viewererror` says in `detail` why faces or an image that were set cannot be shown.
 */
export class RetinaFaceViewerElement extends Base {
  static readonly observedAttributes: readonly string[] = Object.values(OPTION_ATTRIBUTES)

  declare scene: ViewerOptions['scene']
  declare material: ViewerOptions['material']
  declare light: ViewerOptions['light']
  declare landmarks: boolean
  declare poseAxes: boolean
  declare anchors: boolean
  declare comparison: number
  declare autoTurn: boolean
  declare background: string

  static {
    for (const option of OPTIONS) reflectOption(RetinaFaceViewerElement.prototype, option)
  }

  #viewer: FaceViewer | null = null
  #faces: readonly ViewerFace[] = []
  #image: ViewerImage | undefined
  #decoder: MeshDecoder | undefined
  #targets: readonly MorphTarget[] | undefined
  #isPending = false
  #isWriting = false
  readonly #stage: HTMLElement
  readonly #empty: HTMLElement
  readonly #fallback: HTMLElement

  constructor() {
    super()
    const root = this.attachShadow({ mode: 'open' })
    adoptStyle(root)
    this.#stage = part('stage')
    this.#empty = notice('empty')
    this.#fallback = notice('fallback')
    root.append(this.#stage, this.#empty, this.#fallback)
  }

  /** The viewer itself, for its methods; null while the element is in no page or cannot draw. */
  get viewer(): FaceViewer | null {
    return this.#viewer
  }

  /** Faces as `detect` gives them; shown before the page is drawn next. */
  get faces(): readonly ViewerFace[] {
    return this.#faces
  }

  set faces(faces: readonly ViewerFace[] | null | undefined) {
    this.#faces = faces ?? []
    this.#schedule()
  }

  /** The picture that the faces were found in. */
  get image(): ViewerImage | undefined {
    return this.#image
  }

  set image(image: ViewerImage | null | undefined) {
    this.#image = image ?? undefined
    this.#schedule()
  }

  /** Decodes latents, for `viewer.setLatent`; set it before the element is put into a page. */
  get decoder(): MeshDecoder | undefined {
    return this.#decoder
  }

  set decoder(decoder: MeshDecoder | null | undefined) {
    this.#decoder = decoder ?? undefined
    this.#remake()
  }

  /** How the mesh moves, for `viewer.setExpressions`; set it before the element is put into a page. */
  get targets(): readonly MorphTarget[] | undefined {
    return this.#targets
  }

  set targets(targets: readonly MorphTarget[] | null | undefined) {
    this.#targets = targets ?? undefined
    this.#remake()
  }

  #remake(): void {
    if (!this.#viewer) return
    const hadFocus = this.shadowRoot?.activeElement === this.#viewer.canvas
    this.disconnectedCallback()
    this.connectedCallback()
    if (hadFocus) this.#viewer?.canvas.focus()
  }

  /** Sets faces and image, shown at once: for every frame of a video. */
  update(faces: readonly ViewerFace[], image?: ViewerImage): void {
    this.#viewer?.update(faces, image)
    this.#faces = faces
    this.#image = image
    this.#empty.hidden = !this.#viewer || faces.some((face) => face.mesh !== undefined)
  }

  connectedCallback(): void {
    for (const property of PROPERTIES) upgrade(this, property)
    if (this.#viewer) return
    try {
      this.#viewer = createFaceViewer(this.#stage, {
        ...readOptions(this),
        ...(this.#decoder && { decoder: this.#decoder }),
        ...(this.#targets && { targets: this.#targets }),
      })
    } catch (error) {
      this.#report(error)
    }
    this.#fallback.hidden = this.#viewer !== null
    this.#empty.hidden = this.#viewer === null
    for (const type of EVENTS) this.#viewer?.addEventListener(type, this.#forward)
    this.#show()
  }

  disconnectedCallback(): void {
    this.#viewer?.dispose()
    this.#viewer = null
  }

  attributeChangedCallback(): void {
    const viewer = this.#viewer
    if (!viewer || this.#isWriting) return
    const options = readOptions(this)
    if (OPTIONS.some((option) => options[option] !== viewer.options[option])) {
      viewer.setOptions(options)
    }
  }

  /** All options at once. */
  get options(): ViewerOptions {
    return readOptions(this)
  }

  set options(options: Partial<ViewerOptions>) {
    this.#write(withOptions(VIEWER_DEFAULTS, options))
  }

  readonly #forward = (event: CustomEvent): void => {
    const { type, detail } = event
    if (type === 'optionschange') this.#write(detail)
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }))
  }

  /** Attributes change one after the other; the viewer hears of them all at once. */
  #write(options: ViewerOptions): void {
    this.#isWriting = true
    writeOptions(this, options)
    this.#isWriting = false
    this.attributeChangedCallback()
  }

  #schedule(): void {
    if (this.#isPending) return
    this.#isPending = true
    queueMicrotask(() => {
      this.#isPending = false
      this.#show()
    })
  }

  #show(): void {
    try {
      this.update(this.#faces, this.#image)
    } catch (error) {
      this.#report(error)
    }
  }

  #report(detail: unknown): void {
    this.dispatchEvent(new CustomEvent('viewererror', { detail, bubbles: true, composed: true }))
  }
}

/** Makes a property of an element's class stand for the attribute of an option. */
function reflectOption(prototype: RetinaFaceViewerElement, option: keyof ViewerOptions): void {
  Object.defineProperty(prototype, option, {
    configurable: true,
    enumerable: true,
    get(this: RetinaFaceViewerElement) {
      return this.options[option]
    },
    set(this: RetinaFaceViewerElement, value: unknown) {
      writeOptions(this, withOptions(this.options, { [option]: value }))
    },
  })
}

/** A property that was set before the element was known hides the real one: set it again. */
function upgrade(element: RetinaFaceViewerElement, property: (typeof PROPERTIES)[number]): void {
  if (!Object.hasOwn(element, property)) return
  const value = Reflect.get(element, property)
  Reflect.deleteProperty(element, property)
  Reflect.set(element, property, value)
}

function part(name: string): HTMLElement {
  const element = document.createElement('div')
  element.setAttribute('part', name)
  return element
}

function notice(name: string): HTMLElement {
  const element = part('notice')
  const slot = document.createElement('slot')
  slot.name = name
  element.append(slot)
  element.hidden = true
  return element
}
