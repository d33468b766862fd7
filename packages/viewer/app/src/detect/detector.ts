import {
  createWorkerRetinaFace,
  type DetectProgress,
  type Face,
  type LoadProgress,
  type WebRetinaFace,
} from '@retinaface/web'

/** Says what is being done, and how much of it is done, 0..1 where that is known. */
export type Tell = (text: string, share?: number) => void

/** Longer pictures are looked at in this size: faces that are lost are smaller than can be shown. */
const LONGEST_SIDE = 2560

let loading: Promise<WebRetinaFace> | undefined

/** The detector in its worker, started when it is needed first. */
export function openDetector(tell: Tell): Promise<WebRetinaFace> {
  loading ??= createWorkerRetinaFace({
    onProgress: (progress) => tell(...describeLoading(progress)),
  }).catch((error: unknown) => {
    loading = undefined
    throw error
  })
  return loading
}

/** Finds the faces of a picture, with their meshes and expressions. */
export async function detectFaces(
  image: ImageBitmap,
  signal: AbortSignal,
  tell: Tell,
): Promise<Face[]> {
  const detector = await openDetector(tell)
  signal.throwIfAborted()
  tell('Looking for faces …')
  const isLong = Math.max(image.width, image.height) > LONGEST_SIDE
  return detector.detect(image, {
    mesh: { normals: true },
    expressions: true,
    signal,
    ...(isLong && { inputSize: LONGEST_SIDE }),
    onProgress: ({ done, total }: DetectProgress) => tell('Looking for faces …', done / total),
  })
}

function describeLoading(progress: LoadProgress): [text: string, share?: number] {
  if (progress.stage !== 'download') return ['Starting the networks …']
  const { loaded, total } = progress
  return total ? ['Loading the networks …', loaded / total] : ['Loading the networks …']
}
