import { basename } from 'node:path'
import type { PixelImage } from '@retinaface/core'
import { writeGlb, writeObj, writePly } from '@retinaface/mesh-decoder'
import { encodePicture, toSharp } from '../pictures/encode-picture.ts'
import type { PosedFace } from './posed-face.ts'

export const MESH_FORMATS = ['glb', 'obj', 'ply'] as const

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
 */
export async function exportFace(
  { mesh }: PosedFace,
  stem: string,
  formats: ReadonlySet<MeshFormat>,
  texture: PixelImage | undefined,
): Promise<OutputFile[]> {
  const { canonical: positions, triangles: faces, colors, uv } = mesh
  const plain = { positions, faces, colors }
  const files: OutputFile[] = []
  const png = texture && (await encodePicture(toSharp(texture), 'png'))
  if (formats.has('glb')) {
    const data = png
      ? writeGlb({ ...plain, uv }, { bytes: png, mimeType: 'image/png' })
      : writeGlb(plain)
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
  // OBJ and MTL refer to files by name, with no way to quote what is special in it.
  const name = basename(stem).replace(/[^\w.-]/g, '_')
  const beside = stem.slice(0, stem.length - basename(stem).length) + name
  const { obj, mtl } = writeObj(mesh, { name, ...(png ? { texture: `${name}.png` } : {}) })
  const texts = [
    { name: `${beside}.obj`, data: Buffer.from(obj) },
    { name: `${beside}.mtl`, data: Buffer.from(mtl) },
  ]
  return png ? [...texts, { name: `${beside}.png`, data: png }] : texts
}
