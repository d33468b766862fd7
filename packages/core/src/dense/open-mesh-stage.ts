import type { FaceStage } from '../face/face-stage.ts'
import type { OpenDenseLayers } from './dense-head.ts'
import type { MeshStageFiles } from './mesh-stage.ts'

/**
 * The stage that makes meshes. Its code is loaded when it is called, so that pages that only detect
 * need not fetch it.
 *
 * @param openDenseLayers runs the dense layers, where the platform has something faster than WebAssembly
 */
export async function openMeshStage(
  loadFiles: () => Promise<MeshStageFiles>,
  openDenseLayers?: OpenDenseLayers,
): Promise<FaceStage> {
  const { MeshStage } = await import('./mesh-stage.ts')
  const stage = new MeshStage(await loadFiles())
  if (openDenseLayers) await stage.runOn(openDenseLayers)
  return stage as FaceStage
}
