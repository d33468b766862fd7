import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { PAGE } from './page.ts'

/** A page at `/` that sends a picture and shows what comes back. It runs and loads nothing else. */
export function addPage(server: FastifyInstance): void {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  const policy = [
    "default-src 'none'",
    `script-src ${hash(PAGE.script)}`,
    `style-src ${hash(PAGE.style)}`,
    "img-src blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ].join('; ')
  server.get('/', { schema: { hide: true } }, async (_, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .headers({ 'content-security-policy': policy, 'referrer-policy': 'no-referrer' })
      .send(PAGE.html),
  )
}
