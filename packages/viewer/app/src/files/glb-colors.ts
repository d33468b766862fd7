import { sampleBilinear } from '@retinaface/mesh-decoder'
import { readAccessor } from './glb-accessor.ts'
import type { GlbBudget } from './glb-budget.ts'
import { bytesOfView, type Glb, type GltfPrimitive } from './glb-document.ts'
import { readPicture } from './read-picture.ts'

type Texture = ImageData & { channels: 4 }

/** The colours of a file's primitives. */
export class GlbColors {
  private readonly glb: Glb
  private readonly budget: GlbBudget
  /** By their places among the images: primitives share them. */
  private readonly textures = new Map<number, Promise<Texture>>()

  constructor(glb: Glb, budget: GlbBudget) {
    this.glb = glb
    this.budget = budget
  }

  /** Colours ([vertices, 3], sRGB-encoded) of a primitive: texture or vertex colours, times its own. */
  async of({ attributes = {}, material }: GltfPrimitive, vertices: number): Promise<Float32Array> {
    const { document } = this.glb
    const surface = document.materials?.[material ?? -1]?.pbrMetallicRoughness ?? {}
    const { baseColorFactor = [1, 1, 1], baseColorTexture } = surface
    const factor = baseColorFactor.map(Number)
    const { TEXCOORD_0: uv, COLOR_0: own } = attributes
    const colors =
      baseColorTexture && uv !== undefined
        ? textureColors(this.glb, await this.texture(baseColorTexture.index), uv, vertices)
        : vertexColors(this.glb, own, vertices)
    return colors.map((value, i) => toSrgb(value * (factor[i % 3] ?? 1)))
  }

  private texture(index: number | undefined): Promise<Texture> {
    const image = this.glb.document.textures?.[index ?? -1]?.source ?? -1
    const known = this.textures.get(image)
    if (known) return known
    const texture = readTexture(this.glb, image, this.budget)
    this.textures.set(image, texture)
    return texture
  }
}

/** Linear colours of vertices; white without any. */
function vertexColors(glb: Glb, accessor: number | undefined, vertices: number): Float32Array {
  const colors = new Float32Array(vertices * 3).fill(1)
  if (accessor === undefined) return colors
  const { values, count, width } = readAccessor(glb, accessor)
  if (count !== vertices || width < 3) throw new Error('its colours do not fit its vertices')
  return colors.map((_, i) => values[Math.floor(i / 3) * width + (i % 3)]!)
}

/** Linear colours of a texture at the vertices. */
function textureColors(glb: Glb, image: Texture, uv: number, vertices: number): Float32Array {
  const { values, count, width } = readAccessor(glb, uv)
  if (count !== vertices || width !== 2) throw new Error('its texture does not fit its vertices')
  const colors = new Float32Array(vertices * 3)
  const sample = new Float64Array(3)
  for (let i = 0; i < vertices; i++) {
    sampleBilinear(image, values[2 * i]! * image.width, values[2 * i + 1]! * image.height, sample)
    for (let k = 0; k < 3; k++) colors[3 * i + k] = toLinear(sample[k]!)
  }
  return colors
}

async function readTexture(glb: Glb, index: number, budget: GlbBudget): Promise<Texture> {
  const image = glb.document.images?.[index]
  if (image?.bufferView === undefined) throw new Error('its texture is not inside the file')
  const bytes = bytesOfView(glb, image.bufferView)
  const file = new File([bytes as BlobPart], 'its texture', { type: image.mimeType ?? '' })
  const bitmap = await readPicture(file)
  const { width, height } = bitmap
  budget.spend('texture pixels', width * height)
  const canvas = new OffscreenCanvas(width, height)
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  return Object.assign(context.getImageData(0, 0, width, height), { channels: 4 as const })
}

function toSrgb(linear: number): number {
  const x = Math.min(1, Math.max(0, linear))
  return x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055
}

function toLinear(encoded: number): number {
  return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4
}
