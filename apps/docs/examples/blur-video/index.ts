import { createWorkerRetinaFace, HIDE_STYLES, type WebRetinaFace } from '@retinaface/web'
import { button, choice, controlBar } from '../kit/controls.ts'
import { countFaces } from '../kit/count-faces.ts'
import { element } from '../kit/element.ts'
import { tellLoading } from '../kit/loading.ts'
import { pickVideos } from '../kit/pick-videos.ts'
import { saveFile } from '../kit/save-file.ts'
import type { Stage } from '../kit/stage.ts'
import { type HiddenVideo, hideFacesInVideo } from './hide-faces-in-video.ts'

const passes = { find: 'Looking for faces …', hide: 'Hiding the faces …' } as const

/** Hides every face of a video file. */
export default async function blurVideo(stage: Stage): Promise<void> {
  const files = pickVideos(stage, () => running?.abort())
  const bar = controlBar(stage.root)
  const style = choice(bar, 'Style', HIDE_STYLES, () => undefined)
  const cancel = button(bar, 'Cancel', () => running?.abort())
  const save = button(bar, 'Save the video', () => {
    if (result) saveFile(result.file, `hidden-faces${result.extension}`)
  })
  const progress = element('progress', { className: 'example-progress', max: 2, hidden: true })
  progress.setAttribute('aria-label', 'Both passes')
  const player = element('video', { className: 'example-picture', controls: true, hidden: true })
  player.setAttribute('aria-label', 'The video with every face hidden')
  stage.root.append(progress, player)
  let retinaface: WebRetinaFace | undefined
  let running: AbortController | undefined
  let result: HiddenVideo | undefined
  stage.onCleanup(() => running?.abort())
  show(undefined)
  cancel.disabled = true
  stage.say('Your video stays on your machine.')

  for await (const file of files) {
    running = new AbortController()
    const { signal } = running
    show(undefined)
    cancel.disabled = false
    try {
      retinaface ??= stage.keep(await createWorkerRetinaFace({ onProgress: tellLoading(stage) }))
      const hidden = await hideFacesInVideo(retinaface, file, {
        style: style.value,
        signal,
        onProgress: tell(),
      })
      show(hidden)
      stage.say(`${countFaces(hidden.faces)} hidden. ${whereToLook(hidden)}`)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      stage.say(signal.aborted ? 'Cancelled.' : `This did not work: ${why}`)
    }
    progress.hidden = true
    cancel.disabled = true
  }

  function tell() {
    let before: keyof typeof passes | undefined
    return (pass: keyof typeof passes, share: number) => {
      progress.hidden = false
      progress.value = (pass === 'find' ? 0 : 1) + Math.min(1, share)
      // What is said is read aloud.
      if (pass !== before) stage.say(passes[pass])
      before = pass
    }
  }

  function show(hidden: HiddenVideo | undefined): void {
    if (player.src) URL.revokeObjectURL(player.src)
    player.removeAttribute('src')
    player.hidden = !hidden
    save.disabled = !hidden
    result = hidden
    if (hidden) player.src = URL.createObjectURL(hidden.file)
  }
}

function whereToLook({ doubtful }: HiddenVideo): string {
  if (doubtful.length === 0) return 'Look at the result before you pass it on.'
  const times = doubtful.map(({ times: [from] }) => `${from.toFixed(1)} s`)
  return `Look at it before you pass it on, at these times first: ${[...new Set(times)].join(', ')}.`
}
