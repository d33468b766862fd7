import type { Face } from '@retinaface/core'
import { round } from './round.ts'
import { toPoints } from './to-points.ts'

/** What results say of a face with its mesh. */
export interface MeshEntry {
  readonly mesh: {
    /** `[x, y, depth]` of each vertex in pixels of the upright picture. */
    readonly positions: readonly (readonly number[])[]
    /** `[red, green, blue]`, sRGB, 0..1. */
    readonly colors?: readonly (readonly number[])[]
    /** Unit vectors in the canonical frame. */
    readonly normals?: readonly (readonly number[])[]
  }
  /** Degrees. */
  readonly pose: PoseEntry
  /** P_cam, relative to the anchor. */
  readonly camera: readonly number[]
  /** P_ill. */
  readonly light: readonly number[]
  /** P_ST. */
  readonly latent: readonly number[]
  /** In pixels; takes P_cam to the picture. */
  readonly anchor: { readonly centre: readonly number[]; readonly size: number }
}

export interface PoseEntry {
  readonly yaw: number
  readonly pitch: number
  readonly roll: number
}

/** @param withColors give the colours of vertices too */
export function toMeshEntry(face: Face, withColors: boolean): MeshEntry | undefined {
  const { mesh, camera, light, latent, anchor } = face
  const pose = toPoseEntry(face)
  if (!(mesh && pose && camera && light && latent)) return undefined
  return {
    mesh: {
      // A hundredth of a pixel is finer than any mesh is true; more digits would only fill disks.
      positions: rounded(mesh.positions, 100),
      ...(withColors ? { colors: rounded(mesh.colors, 1e3) } : {}),
      ...(mesh.normals ? { normals: rounded(mesh.normals, 1e4) } : {}),
    },
    pose,
    camera: Array.from(camera, (value) => round(value, 1e5)),
    light: Array.from(light, (value) => round(value, 1e4)),
    latent: Array.from(latent, (value) => round(value, 1e4)),
    anchor: {
      centre: anchor.centre.map((value) => round(value, 1e3)),
      size: round(anchor.size, 1e3),
    },
  }
}

/** Hundredths of a degree. */
export function toPoseEntry({ pose }: Pick<Face, 'pose'>): PoseEntry | undefined {
  if (!pose) return undefined
  const { yaw, pitch, roll } = pose
  return { yaw: round(yaw, 100), pitch: round(pitch, 100), roll: round(roll, 100) }
}

function rounded(values: Float32Array, steps: number): number[][] {
  return toPoints(values).map((row) => row.map((value) => round(value, steps)))
}
