import { basename } from 'node:path'
import type { PixelImage } from '@retinaface/core'
import {
  type ExportMesh,
  type Morph,
  writeGlb,
  writeObj,
  writeObjSequence,
  writePly,
} from '@retinaface/mesh-decoder'
import { encodePicture, toSharp } from '../pictures/encode-picture.ts'
import type { PosedFace } from './posed-face.ts'

export const MESH_FORMATS = ['glb', 'obj', 'ply'] as const

/** GLB is in metres, OBJ and PLY in centimetres. */
export type MeshFormat = (typeof MESH_FORMATS)[number]

/** A file to be written. */
export interface OutputFile {
  readonly name: string
  readonly data: Uint8Array
}

/** What files have besides the mesh, where they can. */
export interface Motion extends Omit<Morph, 'weights'> {
  /** OBJ files a second, of `keyframes`. */
  readonly frameRate?: number
}

/**
 * The files of a face: one for each format, for OBJ its material too, and with it a texture if there
 * is one. With `motion`, GLB files hold the face without its expression, and its morph targets; with keyframes
 * they move, and there is an OBJ for each frame, as `face.0001.obj`.
 *
 * @param stem of their names
 */
export async function* exportFace(
  { mesh, expressions }: PosedFace,
  stem: string,
  formats: ReadonlySet<MeshFormat>,
  texture: PixelImage | undefined,
  motion?: Motion,
): AsyncGenerator<OutputFile, void, undefined> {
  const { canonical: positions, triangles, colors, uv } = mesh
  const plain = { positions, triangles, colors }
  const png = texture && (await encodePicture(toSharp(texture), 'png'))
  const shown = { ...plain, ...(png && { uv }) }
  const morph = motion && { ...motion, ...(expressions && { weights: expressions }) }
  if (formats.has('glb')) {
    const image = png && ({ bytes: png, mimeType: 'image/png' } as const)
    yield { name: `${stem}.glb`, data: writeGlb(shown, image, morph) }
  }
  if (formats.has('obj')) yield* objFiles(shown, stem, png, morph)
  if (formats.has('ply')) yield { name: `${stem}.ply`, data: writePly(plain) }
}

function* objFiles(
  mesh: ExportMesh,
  stem: string,
  png: Uint8Array | undefined,
  motion?: Motion,
): Generator<OutputFile, void, undefined> {
  const name = basename(stem)
  const options = { name, ...(png && { texture: `${name}.png` }) }
  let material = ''
  if (motion?.keyframes) {
    const { frameRate, keyframes } = motion
    const sequence = { ...options, ...(frameRate !== undefined && { frameRate }) }
    for (const { number, obj, mtl } of writeObjSequence(mesh, { ...motion, keyframes }, sequence)) {
      const digits = String(number).padStart(4, '0')
      yield { name: `${stem}.${digits}.obj`, data: Buffer.from(obj) }
      material = mtl
    }
  } else {
    const { obj, mtl } = writeObj(mesh, options)
    yield { name: `${stem}.obj`, data: Buffer.from(obj) }
    material = mtl
  }
  yield { name: `${stem}.mtl`, data: Buffer.from(material) }
  if (png) yield { name: `${stem}.png`, data: png }
}

/**
 * A path whose file name can be written in OBJ and MTL files, which refer to others by name and have
 * no way to quote spaces and the like.
 */
export function quotablePath(path: string): string {
  const name = basename(path)
  const folder = path.slice(0, path.length - name.length)
  return folder + name.replace(/[^\p{L}\p{N}._-]/gu, '_')
}
