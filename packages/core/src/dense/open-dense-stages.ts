import type { FaceStage, FaceStages } from '../face/face-stage.ts'
import type { DenseBranch } from './dense-branch.ts'
import type { OpenDenseLayers } from './dense-head.ts'

/** The files of a detector's dense stages; head and expressions belong to the detector that they were trained on. */
export interface DenseFiles<File> {
  /** Levels of the face mesh. */
  readonly topology: File
  /** Weights of the mesh decoder. */
  readonly decoder: File
  /** Weights of the dense head. */
  readonly head: File
  /** Weights of the expression head, where there is one. */
  readonly expressions?: File
}

/**
 * The stages that read a detector's dense head: `mesh`, and `expressions` where there are weights for it.
 *
 * Their code and files are loaded when they are first asked for, so that pages that only detect need
 * not fetch them; the head is loaded and run once for both.
 *
 * @param openDenseLayers runs the dense layers of meshes, where the platform has something faster than WebAssembly
 */
export function openDenseStages<File>(
  { topology, decoder, head, expressions }: DenseFiles<File>,
  load: (file: File) => Promise<Uint8Array>,
  openDenseLayers?: OpenDenseLayers,
): FaceStages {
  let opened: Promise<DenseBranch> | undefined
  const openBranch = () => {
    opened ??= createBranch(load(head))
    // A failure to load is reported each time, but tried again.
    opened.catch(() => {
      opened = undefined
    })
    return opened
  }
  const openMesh = async () => {
    const { MeshStage } = await import('./mesh-stage.ts')
    const files = await Promise.all([openBranch(), load(topology), load(decoder)])
    const stage = new MeshStage(files[0], { topology: files[1], decoder: files[2] })
    if (openDenseLayers) await stage.runOn(openDenseLayers)
    return stage as FaceStage
  }
  if (expressions === undefined) return { mesh: openMesh }
  const openExpressions = async () => {
    const { ExpressionHead } = await import('./expression-head.ts')
    const { ExpressionStage } = await import('./expression-stage.ts')
    const [branch, weights] = await Promise.all([openBranch(), load(expressions)])
    return new ExpressionStage(branch, new ExpressionHead(weights)) as FaceStage
  }
  return { mesh: openMesh, expressions: openExpressions }
}

async function createBranch(loading: Promise<Uint8Array>): Promise<DenseBranch> {
  const { DenseBranch } = await import('./dense-branch.ts')
  const { DenseHead } = await import('./dense-head.ts')
  return new DenseBranch(new DenseHead(await loading))
}
