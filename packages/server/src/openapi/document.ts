import type { WorkRoute } from '../routes/work-route.ts'

type Json = Record<string, unknown>

const binary = { schema: { type: 'string', format: 'binary' } }
const numbers = { type: 'array', items: { type: 'number' } }

/** What every OpenAPI document of the server begins with. */
export const OPENAPI_BASE: Json = {
  openapi: '3.1.0',
  info: {
    title: 'RetinaFace server',
    version: '1',
    description: 'Finds faces in pictures, cuts them out, hides them and makes their meshes.',
  },
  components: {
    securitySchemes: { key: { type: 'http' as const, scheme: 'bearer' } },
    schemas: {
      Face: {
        type: 'object',
        required: ['score', 'box', 'landmarks'],
        properties: {
          score: { type: 'number', description: '0 to 1' },
          box: { ...numbers, description: '[x1, y1, x2, y2] in pixels of the upright picture' },
          landmarks: {
            ...{ type: 'array', items: numbers },
            description: 'Right eye, left eye, nose, right and left mouth corner, as [x, y]',
          },
          transform: {
            ...numbers,
            description: "Of align: takes picture coordinates to the crop's, [a, b, c, d, e, f]",
          },
          crop: { type: 'string', description: 'Of align: the encoded crop as base64' },
          mesh: { type: 'object', description: 'Of meshes: [x, y, depth] of 1,833 vertices' },
          pose: { type: 'object', description: 'Of meshes: yaw, pitch and roll in degrees' },
          expressions: { type: 'object', description: 'Of expressions: 52 coefficients, 0 to 1' },
          uncertainExpressions: {
            ...{ type: 'array', items: { type: 'string' } },
            description: 'Of expressions: coefficients that are noise on a face of this size',
          },
        },
      },
      Result: {
        type: 'object',
        required: ['width', 'height', 'faces'],
        properties: {
          width: { type: 'integer', description: 'Pixels of the upright picture' },
          height: { type: 'integer' },
          faces: {
            ...{ type: 'array', items: { $ref: '#/components/schemas/Face' } },
            description: 'The best first; empty where there are none',
          },
          picture: { type: 'object', description: 'Of blur: its type and base64' },
        },
      },
      Error: {
        type: 'object',
        required: ['error'],
        properties: {
          error: {
            ...{ type: 'object', required: ['code', 'message'] },
            properties: { code: { type: 'string' }, message: { type: 'string' } },
          },
        },
      },
    },
  },
}

const requestBody: Json = {
  required: true,
  description: 'A picture, a form with one or more, or lines of JSON, each {"url":"https://…"}.',
  content: {
    'image/*': binary,
    'application/octet-stream': binary,
    'multipart/form-data': {
      schema: {
        type: 'object',
        properties: { file: { type: 'array', items: { type: 'string', format: 'binary' } } },
      },
    },
    'application/x-ndjson': { schema: { type: 'string' } },
  },
}

const failures: Readonly<Record<string, string>> = {
  400: 'An option or the body is not as expected',
  401: 'A key is needed',
  406: 'None of the accepted types is offered',
  413: 'Too many bytes or pictures',
  422: 'The picture cannot be read',
  429: 'Busy, or too many requests: try again after the seconds of retry-after',
  504: 'It took longer than the limit',
}

/** What a route takes and answers, as the document says it; its query is there already. */
export function describeRoute({ forms, path }: WorkRoute): Json {
  const result = { schema: { $ref: '#/components/schemas/Result' } }
  const types = Object.keys(forms).map((type) => [
    type,
    type === 'application/json' ? result : binary,
  ])
  const lines = { schema: { type: 'string', description: 'Of many pictures: a line each' } }
  const noFace = { 204: { description: 'There is no such face' } }
  const failed = Object.entries(failures).map(([status, description]) => {
    const schema = { $ref: '#/components/schemas/Error' }
    return [status, { description, content: { 'application/json': { schema } } }]
  })
  const content = { ...Object.fromEntries(types), 'application/x-ndjson': lines }
  return {
    requestBody,
    responses: {
      200: { description: 'What was made of the picture', content },
      ...(path === '/v1/mesh' ? noFace : {}),
      ...Object.fromEntries(failed),
    },
  }
}
