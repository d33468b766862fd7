import { fileURLToPath } from 'node:url'
import { InferenceSession, type Tensor } from 'onnxruntime-node'
import { TINY_DETECTOR, TINY_DETECTOR_URL } from '../../../../fixtures/tiny-detector.ts'
import {
  type ActiveProvider,
  type ModelConfiguration,
  type PixelImage,
  RetinaFace,
} from '../../src/index.ts'
import type { OutputTensor } from '../../src/network/bind-outputs.ts'
import { plantOutputs, type Size } from './planted-faces.ts'

/** A session with the tiny detector, run by ONNX Runtime. */
export function tinySession(): Promise<InferenceSession> {
  const threads = { intraOpNumThreads: 1, interOpNumThreads: 1 }
  return InferenceSession.create(fileURLToPath(TINY_DETECTOR_URL), threads)
}

/** What runs the sessions of these tests. */
export const CPU: ActiveProvider = { name: 'cpu', threads: 1 }

/** A RetinaFace on the tiny detector whose pictures are pixels already. */
export async function tinyRetinaFace(): Promise<RetinaFace<PixelImage>> {
  const readImage = async (image: PixelImage) => image
  const session = await tinySession()
  return new RetinaFace({ session, configuration: TINY_DETECTOR, provider: CPU, readImage })
}

/** What a fake session was asked for, run by run. */
export interface RecordedRun {
  readonly size: Size
  readonly outputs: readonly string[]
  /** A copy of floats; bytes as they were handed over. */
  readonly input: Float32Array | Uint8Array
}

/** A session that answers by a function of the input's size and the number of runs before. */
export class FakeSession {
  readonly inputNames: readonly string[]
  readonly outputNames: readonly string[]
  readonly runs: RecordedRun[] = []
  running = 0
  mostRunning = 0
  released = 0
  private readonly answer: (size: Size, run: number) => Record<string, OutputTensor>

  constructor(
    configuration: ModelConfiguration,
    answer: FakeSession['answer'] = (size) => plantOutputs(configuration, size, []),
  ) {
    this.inputNames = [configuration.input.name]
    this.outputNames = Object.keys(plantOutputs(configuration, { width: 64, height: 64 }, []))
    this.answer = answer
  }

  async run(
    feeds: Record<string, Tensor>,
    outputs: readonly string[],
  ): Promise<Record<string, OutputTensor>> {
    this.mostRunning = Math.max(this.mostRunning, ++this.running)
    const { dims, data } = feeds[this.inputNames[0]!]!
    const isBytes = data instanceof Uint8Array
    const [height, width] = isBytes ? dims.slice(1) : dims.slice(2)
    const size = { width: width!, height: height! }
    this.runs.push({
      size,
      outputs,
      input: isBytes ? data : Float32Array.from(data as Float32Array),
    })
    await new Promise((resolve) => setTimeout(resolve, 1))
    this.running--
    const all = this.answer(size, this.runs.length - 1)
    return Object.fromEntries(outputs.map((name) => [name, all[name]!]))
  }

  async release(): Promise<void> {
    this.released++
  }

  /** As the type that core takes. */
  get session(): InferenceSession {
    return this as unknown as InferenceSession
  }
}
