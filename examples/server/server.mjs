import { createServer } from 'node:http'
import { createWorkerRetinaFace, RetinaFaceError } from '@retinaface/node'

const largestFile = 20_000_000
const mostWaiting = 16

const retinaface = await createWorkerRetinaFace({ pixelLimit: 50_000_000 })
let waiting = 0

const server = createServer(async (request, response) => {
  const answer = (/** @type {number} */ status, /** @type {unknown} */ body) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(body))
  }
  if (request.method !== 'POST') return answer(405, { error: 'Post a picture.' })
  const picture = await readBody(request).catch(() => undefined)
  if (!picture) return answer(413, { error: `At most ${largestFile} bytes.` })
  // Only now: a connection that sends nothing takes no place.
  if (waiting >= mostWaiting) return answer(503, { error: 'Busy. Try again.' })
  waiting += 1
  try {
    const signal = AbortSignal.timeout(10_000)
    const faces = await retinaface.detect(picture, { signal })
    answer(200, faces.map(({ score, box, landmarks }) => ({ score, box, landmarks })))
  } catch (error) {
    if (RetinaFaceError.isInstance(error) && error.code === 'IMAGE_READ') {
      answer(400, { error: error.message })
    } else if (error instanceof DOMException && error.name === 'TimeoutError') {
      answer(503, { error: 'It took too long.' })
    } else {
      console.error(error)
      answer(500, { error: 'Something went wrong here.' })
    }
  } finally {
    waiting -= 1
  }
})

/**
 * The whole body, or undefined where it is too large.
 *
 * @param {import('node:http').IncomingMessage} request
 */
async function readBody(request) {
  /** @type {Buffer[]} */
  const parts = []
  let size = 0
  for await (const part of request) {
    size += part.length
    if (size > largestFile) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts)
}

server.listen(8080, '127.0.0.1')
process.once('SIGTERM', () => {
  server.close(() => retinaface.dispose())
})
