import type { LoadProgress } from '@retinaface/web'
import type { Stage } from './stage.ts'

/** Tells the visitor how far the loading of a detector is; for `onProgress`. */
export function tellLoading({ say }: Stage): (progress: LoadProgress) => void {
  return (progress) => {
    if (progress.stage === 'compile') say('Starting the runtime …')
    if (progress.stage !== 'download') return
    const { loaded, total = loaded } = progress
    say(`Loading the network: ${Math.round((100 * loaded) / total)} %`)
  }
}
