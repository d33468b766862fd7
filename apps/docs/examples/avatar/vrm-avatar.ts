import { type VRM, VRMLoaderPlugin, VRMUtils } from '@pixiv/three-vrm'
import { gazeInHead, rotationVectorOfPose } from '@retinaface/mesh-decoder'
import { TextureLoader, Vector3 } from 'three'
import { GLTFLoader, type GLTFParser } from 'three/addons/loaders/GLTFLoader.js'
import type { Avatar } from './avatar-scene.ts'
import { turn } from './own-head.ts'
import { vrmWeights } from './vrm-expressions.ts'

/** Reads a VRM file, of version 0 or 1. */
export async function loadVrm(bytes: ArrayBuffer): Promise<Avatar> {
  const loader = new GLTFLoader()
  loader.register(asImages)
  loader.register((parser) => new VRMLoaderPlugin(parser))
  const vrm: VRM | undefined = (await loader.parseAsync(bytes, '')).userData.vrm
  if (!vrm) throw new Error('The glTF has no avatar.')
  VRMUtils.rotateVRM0(vrm)
  const { humanoid, expressionManager, lookAt } = vrm
  const head = humanoid.getNormalizedBoneNode('head')!
  const names = expressionManager?.expressions.map(({ expressionName }) => expressionName) ?? []
  const centre = head.getWorldPosition(new Vector3())
  // Avatars of version 0 look the other way, and were turned round.
  const facing = vrm.meta.metaVersion === '0' ? -1 : 1
  return {
    object: vrm.scene,
    head: { centre: centre.add(new Vector3(0, 0.08, 0)), height: 0.3 },
    drive({ weights, pose, gaze }, elapsed) {
      const [x, y, z] = rotationVectorOfPose(pose)
      turn(head.quaternion, Float32Array.of(facing * x!, y!, facing * z!))
      for (const [name, value] of vrmWeights(names, weights)) {
        expressionManager!.setValue(name, value)
      }
      if (lookAt && gaze) {
        const { yaw, pitch } = gazeInHead(gaze, pose)
        lookAt.yaw = yaw
        // Positive downwards.
        lookAt.pitch = -pitch
      }
      vrm.update(elapsed)
    },
    dispose: () => VRMUtils.deepDispose(vrm.scene),
  }
}

/** Has textures read as images, which the site's policy allows, and not fetched. */
function asImages(parser: GLTFParser): { name: string } {
  parser.textureLoader = new TextureLoader(parser.options.manager)
  return { name: 'textures as images' }
}
