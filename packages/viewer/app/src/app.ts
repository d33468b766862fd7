import { RetinaFaceViewerElement } from '../../src/element.ts'
import { AppError } from './content/app-error.ts'
import { explainError } from './content/explain-error.ts'
import { type FaceModel, loadFaceModel } from './content/face-model.ts'
import { makeUpFaces } from './content/made-up-faces.ts'
import { closeSubjects, countFaces, type Subject } from './content/subject.ts'
import { type ReadFiles, type ReadingTools, readFiles } from './files/read-files.ts'
import { attachPhoto } from './files/read-subjects.ts'
import { bindSaveButtons, bindViewButtons } from './page/bind-buttons.ts'
import { ExpressionSliders } from './page/expression-sliders.ts'
import { listFaces, markFace } from './page/face-chips.ts'
import { handFocusOn } from './page/hand-focus-on.ts'
import { LatentSliders } from './page/latent-sliders.ts'
import { listenForFiles, onChosen } from './page/open-files.ts'
import { allowPhotoOptions, bindOptionForm } from './page/option-form.ts'
import { part } from './page/part.ts'
import { tellProgress } from './page/progress.ts'
import { showProblems } from './page/show-problems.ts'
import { offerSubjects, onSubjectChosen } from './page/subject-picker.ts'

/** The page: what is open, and which of it is shown. */
export class App {
  private readonly viewer = part('viewer', RetinaFaceViewerElement)
  private model: Promise<FaceModel> | undefined
  private latents: LatentSliders | undefined
  private expressions: ExpressionSliders | undefined
  private subjects: readonly Subject[] = []
  private shown = 0
  private seed = 0
  /** Ends what is being read, if anything is. */
  private reading: AbortController | undefined

  constructor() {
    const { viewer } = this
    bindOptionForm(viewer)
    bindViewButtons(viewer)
    bindSaveButtons(viewer, (error) => this.fail(error))
    allowPhotoOptions(viewer, false)
    viewer.addEventListener('faceselect', () => this.faceChanged())
    viewer.addEventListener('optionschange', () => this.faceChanged())
    viewer.addEventListener('viewererror', (event) => this.fail((event as CustomEvent).detail))
    viewer.addEventListener('contextlost', () => this.say('The graphics card was lost; waiting.'))
    viewer.addEventListener('contextrestored', () => this.describe())
    listenForFiles((files) => this.read((tools) => readFiles(files, tools)))
    onChosen('photo', ([file]) => this.read(() => this.addPhoto(file!)))
    onSubjectChosen((place) => this.choose(place))
    part('make-up', HTMLButtonElement).addEventListener('click', () =>
      this.read(async ({ model }) => ({
        subjects: [makeUpFaces(model, ++this.seed)],
        problems: [],
      })),
    )
    part('cancel', HTMLButtonElement).addEventListener('click', () => this.cancel())
  }

  /** Shows what `begin` reads instead of what is open, unless it reads nothing or is cancelled. */
  private async read(begin: (tools: ReadingTools) => Promise<ReadFiles>): Promise<void> {
    this.reading?.abort()
    const reading = new AbortController()
    this.reading = reading
    const { signal } = reading
    const passing = [...this.subjects]
    showProblems([])
    tellProgress('Loading …')
    document.body.dataset.state = 'loading'
    try {
      const model = await this.openModel()
      signal.throwIfAborted()
      const { subjects, problems } = await begin({ model, signal, tell: tellProgress })
      passing.push(...subjects)
      signal.throwIfAborted()
      if (subjects.length > 0) this.open(subjects)
      showProblems(problems)
    } catch (error) {
      if (!signal.aborted) this.fail(error)
    } finally {
      closeSubjects(passing.filter((subject) => !this.subjects.includes(subject)))
      if (this.reading === reading) this.endReading()
    }
  }

  /** What is being read may still take long to notice. */
  private cancel(): void {
    this.reading?.abort()
    part('files', HTMLInputElement).focus()
    this.endReading()
  }

  private endReading(): void {
    this.reading = undefined
    this.restoreState()
  }

  private openModel(): Promise<FaceModel> {
    this.model ??= loadFaceModel().then(
      (model) => {
        this.viewer.decoder = model.decoder
        this.viewer.targets = model.targets
        const expressions = new ExpressionSliders(this.viewer, model)
        this.expressions = expressions
        this.latents = new LatentSliders(this.viewer, model, () => expressions.apply())
        return model
      },
      (error: unknown) => {
        this.model = undefined
        throw error
      },
    )
    return this.model
  }

  private async addPhoto(file: File): Promise<ReadFiles> {
    const bare = this.subjects[this.shown]!
    const whole = await attachPhoto(bare, file)
    // Another picture may have been chosen meanwhile.
    const subjects = this.subjects.map((subject) => (subject === bare ? whole : subject))
    return { subjects, problems: [] }
  }

  private open(subjects: readonly Subject[]): void {
    const isSame =
      subjects.length === this.subjects.length && subjects.some((s) => this.subjects.includes(s))
    this.show(subjects, isSame ? this.shown : 0)
  }

  private choose(place: number): void {
    try {
      this.show(this.subjects, place)
    } catch (error) {
      offerSubjects(this.subjects, this.shown)
      this.fail(error)
    }
  }

  private show(subjects: readonly Subject[], place: number): void {
    const { faces, image, size } = subjects[place]!
    // First, since it may throw.
    this.viewer.update(faces, image)
    this.subjects = subjects
    this.shown = place
    this.latents?.clear()
    this.expressions?.clear()
    this.viewer.viewer?.focusFace(null)
    allowPhotoOptions(this.viewer, image !== undefined)
    offerSubjects(subjects, place)
    listFaces(this.viewer)
    this.wantPhoto(image === undefined && size !== undefined)
    part('save', HTMLFieldSetElement).disabled = faces.length === 0
    this.faceChanged()
    if (!this.reading) this.restoreState()
    this.describe()
  }

  private wantPhoto(isWanted: boolean): void {
    const wish = part('photo-wanted', HTMLElement)
    if (!isWanted) handFocusOn(wish, this.main)
    wish.hidden = !isWanted
  }

  /** What the visitor is most likely to use next. */
  private get main(): HTMLElement {
    const files = part('files', HTMLInputElement)
    return this.subjects.length > 0 ? (this.viewer.viewer?.canvas ?? files) : files
  }

  private faceChanged(): void {
    const { viewer } = this
    markFace(viewer)
    const isAlone = viewer.scene === 'single' || viewer.faces.length === 1
    const alone = isAlone && viewer.faces.length > 0 ? 0 : undefined
    const chosen = viewer.viewer?.focusedFace ?? alone
    this.latents?.show(chosen)
    this.expressions?.show(chosen)
  }

  private restoreState(): void {
    handFocusOn(part('loading', HTMLElement), this.main)
    const subject = this.subjects[this.shown]
    document.body.dataset.state = subject
      ? subject.faces.length > 0
        ? 'shown'
        : 'no-faces'
      : 'empty'
  }

  private describe(): void {
    const subject = this.subjects[this.shown]
    if (!subject) return
    const by = this.viewer.viewer?.renderer === 'webgl' ? '' : ' Drawn without WebGL.'
    this.say(`${subject.name}: ${countFaces(subject.faces.length)}.${by}`)
  }

  private say(text: string): void {
    part('status', HTMLElement).textContent = text
  }

  private fail(error: unknown): void {
    showProblems([error instanceof AppError ? error : explainError(error)])
  }
}
