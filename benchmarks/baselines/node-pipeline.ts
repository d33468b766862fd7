import { InferenceSession, Tensor } from 'onnxruntime-node'
import sharp, { type Sharp } from 'sharp'
import type { Box } from '../pictures/known-faces.ts'
import type { Contender, FoundFace } from '../protocol/contender.ts'
import { readOriginalNetwork } from './original-network.ts'
import { plainDecode } from './plain-decode.ts'

const longSide = 640

/** How the straightforward pipeline works. */
export interface PipelineOptions {
  readonly threads: number
  /** Decode every pixel, then resize; sharp can do both in one, and then reads JPEG reduced. */
  readonly inTwoSteps?: boolean
}

/**
 * From a file to faces as one would write it on a first day: sharp decodes and resizes, a loop fills
 * a new float tensor, the runtime runs the network as it comes, a loop decodes.
 */
export function nodePipeline({ threads, inTwoSteps = false }: PipelineOptions): Contender {
  let session: InferenceSession
  const detect = async (path: string): Promise<FoundFace[]> => {
    const { width: fullWidth } = await sharp(path).metadata()
    const picture = inTwoSteps ? await decodeAll(path) : sharp(path)
    const { data, info } = await picture
      .resize(longSide, longSide, { fit: 'inside' })
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true })
    const tensor = toTensor(data, info.width, info.height)
    const scale = fullWidth / info.width
    return plainDecode(await session.run({ data: tensor })).map(({ score, box }) => {
      return { score, box: box.map((value) => value * scale) as unknown as Box }
    })
  }
  return {
    load: async () => {
      const network = await readOriginalNetwork()
      session = await InferenceSession.create(network, { intraOpNumThreads: threads })
    },
    detect,
    detectMany: async (paths) => {
      let count = 0
      for (const path of paths) count += (await detect(path)).length
      return count
    },
  }
}

async function decodeAll(path: string): Promise<Sharp> {
  const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true })
  return sharp(data, { raw: info })
}

function toTensor(pixels: Uint8Array, width: number, height: number): Tensor {
  const inputWidth = 32 * Math.ceil(width / 32)
  const inputHeight = 32 * Math.ceil(height / 32)
  const data = new Float32Array(3 * inputWidth * inputHeight)
  for (let channel = 0; channel < 3; channel++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        data[(channel * inputHeight + y) * inputWidth + x] = pixels[3 * (y * width + x) + channel]!
      }
    }
  }
  return new Tensor('float32', data, [1, 3, inputHeight, inputWidth])
}
