import type { FastifyInstance } from 'fastify'
import { hashOf } from '../http/policy-hash.ts'
import { PAGE } from './page.ts'

/** A page at `/` that sends a picture and shows what comes back. It runs and loads nothing else. */
export function addPage(server: FastifyInstance): void {
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(PAGE.script)}`,
    `style-src ${hashOf(PAGE.style)}`,
    "img-src blob: data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  ].join('; ')
  server.get('/', { schema: { hide: true } }, async (_, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .headers({ 'content-security-policy': policy, 'referrer-policy': 'no-referrer' })
      .send(PAGE.html),
  )
}
