import type { FoundFace } from '../../protocol/contender.ts'
import { drawOnCanvas } from '../page/draw-on-canvas.ts'
import { loadScript } from '../page/load-script.ts'
import { serveInPage } from '../page/web-contender.ts'

/** What is used of `@mediapipe/face_mesh`. */
interface FaceMesh {
  setOptions(options: object): void
  onResults(listener: (results: Results) => void): void
  initialize(): Promise<void>
  /** Forgets the faces of the picture before, which it would follow. */
  reset(): void
  send(inputs: { readonly image: HTMLCanvasElement }): Promise<void>
}

interface Results {
  /** A list of points a face, 0..1 of the picture. */
  readonly multiFaceLandmarks: readonly (readonly { readonly x: number; readonly y: number }[])[]
}

const folder = '/peers/@mediapipe/face_mesh/'

// It says no scores. Pictures go through WebGL, here in software.
serveInPage(() => {
  let faceMesh: FaceMesh
  let results: Results
  return {
    load: async () => {
      await loadScript(`${folder}face_mesh.js`)
      const { FaceMesh: Class } = globalThis as unknown as {
        FaceMesh: new (files: { locateFile: (name: string) => string }) => FaceMesh
      }
      faceMesh = new Class({ locateFile: (name) => folder + name })
      faceMesh.setOptions({ maxNumFaces: 200 })
      faceMesh.onResults((given) => {
        results = given
      })
      await faceMesh.initialize()
    },
    detect: async (picture) => {
      const image = await drawOnCanvas(picture)
      faceMesh.reset()
      await faceMesh.send({ image })
      return results.multiFaceLandmarks.map((points): FoundFace => {
        const [x, y] = [points.map((point) => point.x), points.map((point) => point.y)]
        const [left, right] = [Math.min(...x), Math.max(...x)]
        const [top, bottom] = [Math.min(...y), Math.max(...y)]
        const { width, height } = image
        return { score: 1, box: [left * width, top * height, right * width, bottom * height] }
      })
    },
  }
})
