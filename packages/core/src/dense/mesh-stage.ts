import {
  type Anchor,
  createMeshDecoder,
  type FaceParameters,
  type ImageMesh,
  type ImageMeshDecoder,
  InvalidArgumentError,
  poseOf,
  readMeshTopology,
  refineSteps,
  vertexNormals,
} from '@retinaface/mesh-decoder'
import type { CancelSignal } from '../cancel/cancel-signal.ts'
import type { Candidate } from '../candidates/decode-candidates.ts'
import type { DenseFace } from '../face/face.ts'
import type { FaceMesh } from '../face/face-mesh.ts'
import type { FaceStage, FaceToDescribe } from '../face/face-stage.ts'
import type { ResolvedMeshOptions } from '../face/mesh-options.ts'
import type { PixelImage } from '../image/pixel-image.ts'
import type { FeatureMaps } from '../network/feature-map.ts'
import type { DenseBranch } from './dense-branch.ts'
import type { HeadReading, OpenDenseLayers } from './dense-head.ts'
import { photoColors } from './photo-colors.ts'
import { turnedBack } from './turned-back.ts'
import { yieldToEventLoop } from './yield-to-event-loop.ts'

/** The files of a mesh decoder. */
export interface MeshDecoderFiles {
  /** Levels of the face mesh. */
  readonly topology: Uint8Array
  /** Weights of the mesh decoder. */
  readonly decoder: Uint8Array
}

/** Dense head and mesh decoder: from a kept candidate to its mesh, pose, camera, light and latent. */
export class MeshStage implements FaceStage<ResolvedMeshOptions, HeadReading> {
  private readonly branch: DenseBranch
  private readonly decoder: ImageMeshDecoder
  private readonly triangles: Int32Array
  private readonly uv: Float32Array
  private readonly mirror: Int32Array

  /** @throws {WeightFileError} if a file is damaged or they do not fit one another. */
  constructor(branch: DenseBranch, { topology, decoder }: MeshDecoderFiles) {
    const { levels, uv, mirror } = readMeshTopology(topology)
    this.branch = branch
    this.decoder = createMeshDecoder({ topology, weights: decoder })
    this.triangles = levels.at(-1)!.triangles
    this.uv = uv
    this.mirror = mirror
  }

  /** Has its dense layers run by something faster than WebAssembly. */
  async runOn(open: OpenDenseLayers): Promise<void> {
    await this.branch.head.runOn(open, this.decoder.latentLayer())
  }

  get tensors(): readonly string[] {
    return this.branch.head.tensors
  }

  /** Meshes take their colours from the photograph, and are fitted to it. */
  needsPicture({ texture, refine }: ResolvedMeshOptions): boolean {
    return texture === 'image' || refine > 0
  }

  read(candidates: readonly Candidate[], maps: FeatureMaps): Promise<HeadReading[]> {
    return this.branch.read(candidates, maps)
  }

  /**
   * The mesh, pose and parameters of faces, relative to their anchors.
   *
   * The head was trained to place vertices by pixel edges, whatever the detector's convention for
   * boxes is.
   *
   * @throws the signal's reason if it is aborted
   */
  async describe(
    image: PixelImage,
    described: readonly FaceToDescribe<HeadReading>[],
    options: ResolvedMeshOptions,
    signal: CancelSignal | undefined,
  ): Promise<DenseFace[]> {
    const faces: (HeadReading['parameters'] & Pick<HeadReading, 'coarse'> & { anchor: Anchor })[] =
      []
    for (const { face, reading } of described) {
      const { anchor } = face
      const { coarse } = reading
      const parameters = turnedBack(reading.parameters, anchor.quarters ?? 0)
      if (options.refine > 0) {
        const steps = options.refine
        faces.push({ ...(await this.refined(image, parameters, anchor, steps, signal)), anchor })
      } else {
        faces.push(coarse ? { ...parameters, anchor, coarse } : { ...parameters, anchor })
      }
    }
    return this.decoder.decodeAllInImage(faces).map((decoded, i) => {
      const { latent, camera, light, anchor } = faces[i]!
      return {
        mesh: this.meshOf(image, decoded, camera, anchor, options),
        pose: poseOf(camera),
        camera,
        light,
        latent,
      }
    })
  }

  release(): Promise<void> {
    return this.branch.release()
  }

  /** As it was predicted where no pixel of the picture shows it. */
  private async refined(
    image: PixelImage,
    predicted: FaceParameters,
    anchor: Anchor,
    steps: number,
    signal: CancelSignal | undefined,
  ): Promise<FaceParameters> {
    const model = { decoder: this.decoder, triangles: this.triangles, anchor }
    let found = predicted
    try {
      for (const { parameters } of refineSteps(image, predicted, { ...model, steps })) {
        found = parameters
        await yieldToEventLoop()
        signal?.throwIfAborted()
      }
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error
    }
    return found
  }

  private meshOf(
    image: PixelImage,
    decoded: ImageMesh,
    camera: Float32Array,
    anchor: Anchor,
    { texture, normals }: ResolvedMeshOptions,
  ): FaceMesh {
    const { triangles, uv, mirror } = this
    const { positions } = decoded
    // Read at once only where it is needed: the decoder makes the rest when it is first read.
    const given =
      texture === 'image'
        ? photoColors(image, { ...decoded, triangles, mirror }, camera, anchor)
        : undefined
    const mesh: FaceMesh = {
      positions,
      get canonical() {
        return decoded.canonical
      },
      get colors() {
        return given ?? decoded.colors
      },
      triangles,
      uv,
    }
    if (!normals) return mesh
    return Object.assign(mesh, { normals: vertexNormals(decoded.canonical, triangles) })
  }
}
