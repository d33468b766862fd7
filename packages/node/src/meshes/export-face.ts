import { basename } from 'node:path'
import type { PixelImage } from '@retinaface/core'
import { type Morph, writeGlb, writeObj, writePly } from '@retinaface/mesh-decoder'
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

/**
 * The files of a face: one for each format, for OBJ its material too, and with it a texture if there
 * is one.
 *
 * @param stem of their names
 * @param morph what GLB files have besides, which hold the face without its expression then
 */
export async function exportFace(
  { mesh, expressions }: PosedFace,
  stem: string,
  formats: ReadonlySet<MeshFormat>,
  texture: PixelImage | undefined,
  morph?: Omit<Morph, 'weights'>,
): Promise<OutputFile[]> {
  const { canonical: positions, triangles, colors, uv } = mesh
  const plain = { positions, triangles, colors }
  const files: OutputFile[] = []
  const png = texture && (await encodePicture(toSharp(texture), 'png'))
  if (formats.has('glb')) {
    const image = png && ({ bytes: png, mimeType: 'image/png' } as const)
    const moving = morph && { ...morph, ...(expressions && { weights: expressions }) }
    const data = writeGlb({ ...plain, ...(png && { uv }) }, image, moving)
    files.push({ name: `${stem}.glb`, data })
  }
  if (formats.has('obj')) files.push(...objFiles({ ...plain, ...(png ? { uv } : {}) }, stem, png))
  if (formats.has('ply')) files.push({ name: `${stem}.ply`, data: writePly(plain) })
  return files
}

function objFiles(
  mesh: Parameters<typeof writeObj>[0],
  stem: string,
  png: Uint8Array | undefined,
): OutputFile[] {
  const name = basename(stem)
  const { obj, mtl } = writeObj(mesh, { name, ...(png ? { texture: `${name}.png` } : {}) })
  const texts = [
    { name: `${stem}.obj`, data: Buffer.from(obj) },
    { name: `${stem}.mtl`, data: Buffer.from(mtl) },
  ]
  return png ? [...texts, { name: `${stem}.png`, data: png }] : texts
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
