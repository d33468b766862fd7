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
import type { DenseFace } from '../face/face.ts'
import type { FaceMesh } from '../face/face-mesh.ts'
import type { PixelImage } from '../image/pixel-image.ts'
import type { Quarters } from '../image/turn-image.ts'
import { DenseHead, type HeadReading, type OpenDenseLayers } from './dense-head.ts'
import { photoColors } from './photo-colors.ts'
import { turnOfOthers } from './turn-of-others.ts'
import { turnedBack } from './turned-back.ts'

/** The files of a mesh branch; a dense head belongs to the detector that it was trained on. */
export interface MeshBranchFiles {
  /** Levels of the face mesh. */
  readonly topology: Uint8Array
  /** Weights of the mesh decoder. */
  readonly decoder: Uint8Array
  /** Weights of the dense head. */
  readonly head: Uint8Array
}

/** How meshes are made. */
export interface MeshOptions {
  /** Colours from the decoder or from the photograph. */
  readonly texture: 'model' | 'image'
  /** Steps of analysis by synthesis that fit the face to the photograph; 0 for none. */
  readonly refine: number
  /** Give unit normals too. */
  readonly normals: boolean
  /** Stops the work between two steps. */
  readonly signal?: CancelSignal | undefined
}

/** What the head said of a face, and the anchor that it is relative to, in the image frame. */
export interface MeshReading extends HeadReading {
  readonly anchor: Anchor
  /** By how many quarters of a turn, clockwise, the picture was turned when it was read. */
  readonly quarters: Quarters
}

/** Dense head and mesh decoder: from a kept candidate to its mesh. */
export class MeshBranch {
  readonly head: DenseHead
  private readonly decoder: ImageMeshDecoder
  private readonly triangles: Int32Array
  private readonly uv: Float32Array
  private readonly mirror: Int32Array

  /** @throws {WeightFileError} if a file is damaged or they do not fit one another. */
  constructor({ topology, decoder, head }: MeshBranchFiles) {
    const { levels, uv, mirror } = readMeshTopology(topology)
    this.head = new DenseHead(head)
    this.decoder = createMeshDecoder({ topology, weights: decoder })
    this.triangles = levels.at(-1)!.faces
    this.uv = uv
    this.mirror = mirror
  }

  /** Has its dense layers run by something faster than WebAssembly. */
  async runOn(open: OpenDenseLayers): Promise<void> {
    await this.head.runOn(open, this.decoder.latentLayer())
  }

  /**
   * The mesh, pose and parameters of faces.
   *
   * @param image the upright picture
   * @param readings what the head said, each with the anchor that it was read at, in the image frame.
   * The head was trained to place vertices by pixel edges, whatever the detector's convention for
   * boxes is.
   * @throws the signal's reason if it is aborted
   */
  async describe(
    image: PixelImage,
    readings: readonly MeshReading[],
    options: MeshOptions,
  ): Promise<DenseFace[]> {
    const faces: (HeadReading['parameters'] & Omit<MeshReading, 'parameters' | 'quarters'>)[] = []
    for (const { parameters: seen, coarse, anchor, quarters } of readings) {
      const parameters = turnedBack(seen, quarters)
      if (options.refine > 0) {
        faces.push({ ...(await this.refined(image, parameters, anchor, options)), anchor })
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
        illumination: light,
        params: latent,
      }
    })
  }

  /** As it was predicted where no pixel of the picture shows it. */
  private async refined(
    image: PixelImage,
    predicted: FaceParameters,
    anchor: Anchor,
    { refine: steps, signal }: MeshOptions,
  ): Promise<FaceParameters> {
    const model = { decoder: this.decoder, faces: this.triangles, anchor }
    let found = predicted
    try {
      for (const { parameters } of refineSteps(image, predicted, { ...model, steps })) {
        found = parameters
        await turnOfOthers()
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
    { texture, normals }: MeshOptions,
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
