import {
  type ExportMesh,
  type MorphTarget,
  rotationVectorOfPose,
  writeGlb,
} from '@retinaface/mesh-decoder'
import { type Mesh, type Quaternion, Vector3 } from 'three'
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js'
import { loadExpressionTargets, loadFaceModel } from '../kit/load-face-model.ts'
import { type Avatar, extentOf } from './avatar-scene.ts'

/** The mean of all faces, which moves with the morph targets. */
export interface OwnHead extends Avatar {
  readonly mesh: ExportMesh
  readonly targets: readonly MorphTarget[]
}

/** Makes the head from the files that ship with `@retinaface/models`. */
export async function loadOwnHead(signal: AbortSignal): Promise<OwnHead> {
  const [{ decoder, triangles }, targets] = await Promise.all([
    loadFaceModel(signal),
    loadExpressionTargets(signal),
  ])
  const decoded = new Float32Array(decoder.vertexCount * 6)
  decoder.decode(new Float32Array(decoder.latentSize), decoded)
  const part = (from: number) => decoded.filter((_, i) => i % 6 >= from && i % 6 < from + 3)
  const mesh = { positions: part(0), colors: part(3), triangles }
  const glb = writeGlb(mesh, undefined, { targets })
  const { scene } = await new GLTFLoader().parseAsync(glb.slice().buffer, '')
  const face = scene.getObjectByProperty('isMesh', true) as Mesh
  return {
    mesh,
    targets,
    object: scene,
    head: extentOf(scene),
    drive({ weights, pose }) {
      const influences = face.morphTargetInfluences!
      for (const [name, i] of Object.entries(face.morphTargetDictionary!)) {
        influences[i] = weights[name] ?? 0
      }
      turn(face.quaternion, rotationVectorOfPose(pose))
    },
    dispose() {
      face.geometry.dispose()
    },
  }
}

/** Sets a quaternion to the turn of a rotation vector. */
export function turn(quaternion: Quaternion, vector: Float32Array): Quaternion {
  const axis = new Vector3().fromArray(vector)
  const angle = axis.length()
  return quaternion.setFromAxisAngle(angle > 0 ? axis.normalize() : axis.set(0, 1, 0), angle)
}
