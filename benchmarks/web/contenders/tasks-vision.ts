import type { FoundFace, Point } from '../../protocol/contender.ts'
import { serveInPage } from '../page/web-contender.ts'

/** What is used of `@mediapipe/tasks-vision`. */
interface TasksVision {
  readonly FaceDetector: {
    createFromOptions(files: object, options: object): Promise<FaceDetector>
  }
}

interface FaceDetector {
  detect(picture: ImageBitmap): {
    readonly detections: readonly {
      readonly categories: readonly { readonly score: number }[]
      readonly boundingBox: {
        readonly originX: number
        readonly originY: number
        readonly width: number
        readonly height: number
      }
      /** As shares of the picture's width and height. */
      readonly keypoints: readonly { readonly x: number; readonly y: number }[]
    }[]
  }
}

const build = '/peers/@mediapipe/tasks-vision/vision_bundle.mjs'
const wasm = '/peers/@mediapipe/tasks-vision/wasm/vision_wasm_internal'

serveInPage(() => {
  let detector: FaceDetector
  return {
    load: async () => {
      const { FaceDetector: Class } = (await import(build)) as TasksVision
      const files = { wasmLoaderPath: `${wasm}.js`, wasmBinaryPath: `${wasm}.wasm` }
      detector = await Class.createFromOptions(files, {
        baseOptions: { modelAssetPath: '/blaze-face.tflite', delegate: 'CPU' },
        runningMode: 'IMAGE',
        minDetectionConfidence: 0.5,
      })
    },
    detect: async (picture) => {
      const bitmap = await createImageBitmap(picture)
      const { detections } = detector.detect(bitmap)
      return detections.map(({ categories, boundingBox, keypoints }): FoundFace => {
        const { originX: x, originY: y, width, height } = boundingBox
        // The ears come last.
        const points = keypoints
          .slice(0, 4)
          .map((point): Point => [point.x * bitmap.width, point.y * bitmap.height])
        return { score: categories[0]!.score, box: [x, y, x + width, y + height], points }
      })
    },
  }
})
