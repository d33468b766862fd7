import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openSourcePage, type SourcePage } from '../support/source-page.ts'

const headers = {
  'Content-Type': 'image/jpeg',
  'Content-Length': 1000,
  'Access-Control-Allow-Origin': '*',
}

let source: SourcePage
let server: Server
/** Connections of pictures that do not come to an end. */
let waiting = 0
// The server hears of the end when the browser gets to it.
const patience = { timeout: 30_000 }

beforeAll(async () => {
  source = await openSourcePage()
  server = createServer((request, response) => {
    response.writeHead(200, headers).write('the first bytes')
    if (request.url === '/broken.jpg') setTimeout(() => response.destroy(), 50)
    else {
      waiting++
      response.on('close', () => waiting--)
    }
  })
  await new Promise<void>((listening) => server.listen(0, 'localhost', listening))
})
afterAll(async () => {
  await source.close()
  server.close()
})

function address(file: string): string {
  return `http://localhost:${(server.address() as AddressInfo).port}/${file}`
}

const creates = ['createRetinaFace', 'createWorkerRetinaFace'] as const

test.each(creates)('%s says that a picture broke off', async (create) => {
  const error = await source.page.evaluate(
    async ([name, url]) => {
      const detector = await globalThis.retinaface[name]()
      const failure = await detector.detect(url).catch(({ code, message }) => ({ code, message }))
      await detector.dispose()
      return failure
    },
    [create, address('broken.jpg')] as const,
  )
  expect(error).toMatchObject({
    code: 'IMAGE_READ',
    message: expect.stringMatching(/broken\.jpg": the connection ended/),
  })
})

test.each(['detect', 'readImage'] as const)(
  'a %s that is stopped ends its transfer',
  async (method) => {
    for (const create of creates) {
      await source.page.evaluate(
        async ([name, url, how]) => {
          const detector = await globalThis.retinaface[name]()
          const stop = new AbortController()
          const work =
            how === 'detect'
              ? detector.detect(url, { signal: stop.signal })
              : detector.readImage(url, stop.signal)
          Object.assign(globalThis, { stop, detector, work: work.catch(String) })
        },
        [create, address('endless.jpg'), method] as const,
      )
      await vi.waitFor(() => expect(waiting).toBe(1), patience)
      await source.page.evaluate('stop.abort(new Error("enough"))')
      expect(await source.page.evaluate('work')).toBe('Error: enough')
      await vi.waitFor(() => expect(waiting).toBe(0), patience)
      await source.page.evaluate('detector.dispose()')
    }
  },
)
