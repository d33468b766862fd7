import type { FastifyInstance } from 'fastify'
import sharp from 'sharp'
import type { PictureService } from '../picture-service.ts'

// Asked every few seconds, the answer of a moment ago is as good.
const readySeconds = 10

/** `/healthz`: the process answers. `/readyz`: the network finds faces, seen by a real picture. */
export async function addHealth(server: FastifyInstance, service: PictureService): Promise<void> {
  const grey = { width: 64, height: 64, channels: 3 as const, background: '#808080' }
  const probe = await sharp({ create: grey }).png().toBuffer()
  let isClosing = false
  server.addHook('preClose', async () => {
    isClosing = true
  })
  const schema = { hide: true }
  server.get('/healthz', { schema }, async () => ({ status: 'ok' }))
  server.get('/readyz', { schema }, async (_, reply) => {
    const isReady = !isClosing && (await service.isReady(probe, readySeconds))
    if (!isReady) reply.code(503)
    return { status: isReady ? 'ready' : 'not ready' }
  })
}
