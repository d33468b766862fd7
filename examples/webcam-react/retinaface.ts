import { createWorkerRetinaFace, type WebRetinaFace } from '@retinaface/web'

let detector: Promise<WebRetinaFace> | undefined

/** The detector of this page, made when first asked for. */
export function retinaface(): Promise<WebRetinaFace> {
  detector ??= createWorkerRetinaFace()
  return detector
}
