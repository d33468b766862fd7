import type { Face, PixelImage } from '@retinaface/core'
import type { Keyframe, MorphTarget } from '@retinaface/mesh-decoder'
import {
  bakeFace,
  drawOverlay,
  encodePicture,
  exportFace,
  type FaceEntry,
  hasMesh,
  type MeshFormat,
  type PosedFace,
  toFaceEntry,
  toPoseEntry,
  toSharp,
} from '@retinaface/node/results'
import type { PictureWithPixels } from '../detection/detection.ts'
import type { FaceChoice } from '../options/parse-mesh-values.ts'
import type { OutputFolder } from '../output/output-folder.ts'
import { readFacts } from '../pictures/picture-facts.ts'
import { turntable } from './turntable.ts'

/** What is written of each picture. */
export interface MeshOutputs {
  readonly folder: OutputFolder
  readonly formats: ReadonlySet<MeshFormat>
  readonly choice: FaceChoice
  readonly texture: 'model' | 'image'
  readonly overlay: boolean
  /** Pictures of each face turning. */
  readonly turntable: number
  /** [vertices] the vertex on the other side of the face. */
  readonly mirror: Int32Array
  /** Reads the morph targets of GLB files. */
  readonly readTargets: () => Promise<readonly MorphTarget[]>
  /** GLB files have them; those of videos always do. */
  readonly morphTargets: boolean
}

/** What was written of a picture; files are named from the output folder. */
export interface WrittenMeshes {
  readonly overlay?: string
  readonly faces: readonly WrittenFace[]
}

interface WrittenFace extends FaceEntry {
  /** Counted from the best of the picture, from 1. */
  readonly number: number
  readonly files: readonly string[]
}

/** @param stem of the files' names */
export async function writeMeshes(
  picture: PictureWithPixels,
  stem: string,
  outputs: MeshOutputs,
): Promise<WrittenMeshes> {
  const { input, image } = picture
  const chosen = choose(picture.faces, outputs.choice)
  const faces: WrittenFace[] = []
  for (const { face, number } of chosen) {
    const texture = outputs.texture === 'image' ? bakeFace(image, face, outputs.mirror) : undefined
    const files = await writeFace({ face, texture }, `${stem}-${number}`, outputs)
    const pose = toPoseEntry(face)
    faces.push({ number, files, ...toFaceEntry(face), ...(pose ? { pose } : {}) })
  }
  if (!outputs.overlay) return { faces }
  const { format } = await readFacts(input)
  const overlay = `${stem}-overlay.${format === 'jpeg' ? 'jpg' : format}`
  const surface = outputs.texture === 'image' ? 'clay' : 'model'
  const drawing = drawOverlay(
    image,
    chosen.map(({ face }) => face),
    surface,
  )
  await outputs.folder.write(overlay, await encodePicture(toSharp(drawing), format))
  return { overlay, faces }
}

function choose(
  faces: readonly Face[],
  choice: FaceChoice,
): readonly { readonly face: PosedFace; readonly number: number }[] {
  const numbered = faces.flatMap((face, i) => (hasMesh(face) ? [{ face, number: i + 1 }] : []))
  if (choice === 'all') return numbered
  if (choice === 'best') return numbered.slice(0, 1)
  return numbered.filter(({ number }) => number === choice)
}

/** A face whose files are to be written. */
export interface FaceToWrite {
  readonly face: PosedFace
  /** Baked, where one was asked for. */
  readonly texture: PixelImage | undefined
  /** What it does in a video. */
  readonly motion?: { readonly keyframes: readonly Keyframe[]; readonly frameRate: number }
}

/**
 * Writes the files of a face.
 *
 * @returns their names
 */
export async function writeFace(
  { face, texture: baked, motion }: FaceToWrite,
  stem: string,
  { folder, formats, turntable: frames, morphTargets, readTargets }: MeshOutputs,
): Promise<string[]> {
  const targets = morphTargets || motion ? await readTargets() : undefined
  const files = exportFace(face, stem, formats, baked, targets && { targets, ...motion })
  const names: string[] = []
  for await (const { name, data } of files) {
    await folder.write(name, data)
    names.push(name)
  }
  if (frames === 0) return names
  const { canonical: positions, triangles, colors, uv } = face.mesh
  const turned = { positions, triangles, colors }
  const pictures = turntable(baked ? { ...turned, texture: { uv, image: baked } } : turned, frames)
  let count = 0
  for (const frame of pictures) {
    const number = String(++count).padStart(3, '0')
    const name = `${stem}-turntable/${number}.png`
    await folder.write(name, await encodePicture(toSharp(frame), 'png'))
    names.push(name)
  }
  return names
}
