import type { Mesh } from 'three'
import { Quaternion, Vector3 } from 'three'
import { expect, test } from 'vitest'
import { loadVrm } from '../examples/avatar/vrm-avatar.ts'
import { makeVrm } from './support/make-vrm.ts'

const still = { time: 0, pose: { yaw: 0, pitch: 0, roll: 0 } }

const kinds = ([0, 1] as const).flatMap((version) =>
  (['aa', 'JawOpen'] as const).map((opens) => ({ version, opens })),
)

test.each(kinds)(
  'an avatar of version $version opens its mouth by $opens, and turns',
  async (kind) => {
    const avatar = await loadVrm(Uint8Array.from(makeVrm(kind)).buffer)
    const face = avatar.object.getObjectByProperty('isMesh', true) as Mesh
    avatar.drive({ ...still, weights: { jawOpen: 0.6 } }, 0.03)
    expect(face.morphTargetInfluences).toEqual([expect.closeTo(0.6, 5)])

    // To the left of the picture, which is the side of the subject's right hand.
    avatar.drive({ ...still, weights: {}, pose: { yaw: -30, pitch: 0, roll: 0 } }, 0.03)
    expect(face.morphTargetInfluences).toEqual([0])
    avatar.object.updateWorldMatrix(true, true)
    const turned = face.getWorldQuaternion(new Quaternion())
    const front = new Vector3(0, 0, kind.version === 0 ? -1 : 1).applyQuaternion(turned)
    expect(front.x).toBeCloseTo(-0.5, 2)
    expect(front.z).toBeCloseTo(Math.sqrt(0.75), 2)
  },
)
