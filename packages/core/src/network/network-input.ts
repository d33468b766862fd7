import type { Tensor } from 'onnxruntime-common'
import type { PixelImage } from '../image/pixel-image.ts'
import type { InputConfiguration } from './model-configuration.ts'
import { asInterleaved, writePixels } from './write-pixels.ts'
import { type InputSize, writeTensor } from './write-tensor.ts'

/** Makes a network's input from pixels, in a buffer that is used again each time. */
export class NetworkInput {
  private readonly configuration: InputConfiguration
  private floats = new Float32Array(0)
  private bytes = new Uint8Array(0)

  constructor(configuration: InputConfiguration) {
    this.configuration = configuration
  }

  /**
   * The input that shows `pixels` in its top-left corner.
   *
   * @param flip mirror the pixels inside their own width
   * @returns a tensor that is valid until the next call, and while the pixels are not changed.
   */
  tensorOf(pixels: PixelImage, size: InputSize, flip: boolean): Tensor {
    const { layout = 'planar' } = this.configuration
    if (layout === 'planar') return this.planar(pixels, size, flip)
    return this.interleaved(pixels, size, flip, layout === 'rgba' ? 4 : 3)
  }

  private planar(pixels: PixelImage, size: InputSize, flip: boolean): Tensor {
    const length = 3 * size.width * size.height
    if (this.floats.length < length) this.floats = new Float32Array(length)
    const data = this.floats.subarray(0, length)
    writeTensor(pixels, this.configuration, size, flip, data)
    return toTensor('float32', data, [1, 3, size.height, size.width])
  }

  private interleaved(pixels: PixelImage, size: InputSize, flip: boolean, samples: 3 | 4): Tensor {
    const dims = [1, size.height, size.width, samples]
    const asTheyAre = flip ? undefined : asInterleaved(pixels, size, samples)
    if (asTheyAre) return toTensor('uint8', asTheyAre, dims)
    const length = samples * size.width * size.height
    if (this.bytes.length < length) this.bytes = new Uint8Array(length)
    const data = this.bytes.subarray(0, length)
    writePixels(pixels, size, flip, samples, data)
    return toTensor('uint8', data, dims)
  }
}

/** What runtimes read of a tensor. Its class is spread over 20 modules, which take 11 ms to load. */
/** A tensor as runtimes take it, without the class of one of them. */
export function toTensor(
  type: 'float32' | 'uint8',
  data: Tensor['data'],
  dims: readonly number[],
): Tensor {
  const tensor: Pick<Tensor, 'type' | 'data' | 'dims' | 'location'> = {
    type,
    data,
    dims,
    location: 'cpu',
  }
  return tensor as Tensor
}
