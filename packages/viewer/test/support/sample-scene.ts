import type { ViewerFace } from '../../src/face/viewer-face.ts'

/** A photo and the faces in it. */
export interface SampleScene {
  readonly photo: ImageBitmap
  readonly faces: ViewerFace[]
}

const folder = '../../node_modules/@vladmandic/face-api/demo/'

/** Where one of the six photos is. */
export function photoAddress(number: 1 | 2 | 3 | 4 | 5 | 6): string {
  return new URL(`${folder}sample${number}.jpg`, import.meta.url).href
}

/** One of the six photos of people at tables, 1920×1280, that `@vladmandic/face-api` ships. */
export async function sampleScene(number: 1 | 2 | 3 | 4 | 5 | 6): Promise<SampleScene> {
  const photo = await fetch(photoAddress(number))
  const faces = await fetch(`/sample-faces/${number}`)
  if (!faces.ok) throw new Error(await faces.text())
  return {
    photo: await createImageBitmap(await photo.blob()),
    faces: JSON.parse(await faces.text(), revive),
  }
}

function revive(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const [[name, text] = []] = Object.entries(value)
  if (name !== 'Float32Array' && name !== 'Int32Array') return value
  const { buffer } = Uint8Array.from(atob(text as string), (letter) => letter.charCodeAt(0))
  return name === 'Float32Array' ? new Float32Array(buffer) : new Int32Array(buffer)
}
