import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { hashOf } from '../http/policy-hash.ts'
import { WORK_ROUTES } from '../routes/work-route.ts'
import { DOCS_STYLE, docsPage, type ShownDocument } from './docs-page.ts'
import { describeRoute, OPENAPI_BASE } from './document.ts'

/** The document of the routes that are added later, at `/openapi.json`, and its page at `/docs`. */
export async function addOpenApi(server: FastifyInstance, needsKey: boolean): Promise<void> {
  const security = needsKey ? { security: [{ key: [] }] } : {}
  await server.register(swagger, {
    openapi: { ...OPENAPI_BASE, ...security } as object,
    transformObject: (document) => {
      const { openapiObject } = document as { openapiObject: { paths?: Record<string, never> } }
      for (const route of WORK_ROUTES) {
        const { post } = (openapiObject.paths?.[route.path] ?? {}) as { post?: object }
        if (post) Object.assign(post, describeRoute(route))
      }
      return openapiObject as never
    },
  })
  server.get('/openapi.json', { schema: { hide: true } }, async () => server.swagger())
  const style = hashOf(DOCS_STYLE)
  const policy = `default-src 'none'; style-src ${style}; img-src data:; base-uri 'none'; frame-ancestors 'none'`
  server.get('/docs', { schema: { hide: true } }, async (_, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', policy)
      .send(docsPage(server.swagger() as unknown as ShownDocument)),
  )
}
