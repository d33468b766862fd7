import { Worker } from 'node:worker_threads'
import { type CancelSignal, ImageReadError, type PixelImage } from '@retinaface/core'
import { onAbort } from '@retinaface/core/platform'
import { realRequire } from './real-process.ts'

// The decoder does not give way while it is at work, so it has a thread of its own, which can be ended.
const script = `
const { parentPort, workerData } = require('node:worker_threads')
const decode = require(workerData.decoder)
decode({ buffer: workerData.encoded }).then(({ data, width, height }) => {
  const pixels = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  parentPort.postMessage({ data: pixels, width, height, channels: 4 }, [pixels.buffer])
})`

/**
 * Decodes HEIC, as phones write it, with the package `heic-decode`, if it is installed.
 *
 * @throws {ImageReadError} if it is not, the decoder's error, and the signal's reason: the decoder is ended
 */
export async function decodeHeic(
  encoded: Uint8Array,
  name: string,
  signal?: CancelSignal,
): Promise<PixelImage> {
  const workerData = { decoder: findDecoder(name), encoded: encoded.slice() }
  signal?.throwIfAborted()
  // What it prints of damage is said in its error.
  const quiet = { stdout: true, stderr: true }
  const thread = new Worker(script, { eval: true, execArgv: [], workerData, ...quiet })
  const stopWaiting = onAbort(signal, () => void thread.terminate())
  try {
    return await new Promise((resolve, reject) => {
      thread.on('message', resolve).on('error', reject)
      thread.on('exit', () => reject(new Error('its decoder has ended')))
    })
  } catch (error) {
    signal?.throwIfAborted()
    throw error
  } finally {
    stopWaiting()
  }
}

function findDecoder(name: string): string {
  try {
    return realRequire.resolve('heic-decode')
  } catch (error) {
    const problem =
      'it is HEIC, which is read with a package that is not installed. Install heic-decode beside @retinaface/node, or convert the picture to JPEG.'
    throw new ImageReadError(name, problem, error)
  }
}
