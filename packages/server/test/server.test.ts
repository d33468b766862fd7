import { readFile } from 'node:fs/promises'
import { createRetinaFace } from '@retinaface/node'
import { toFaceEntry } from '@retinaface/node/results'
import { Validator } from '@seriousme/openapi-schema-validator'
import { unzipSync } from 'fflate'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningServer, samplePhoto, startServer } from './support/start-server.ts'

let server: RunningServer
let photo: Buffer
let grey: Buffer

beforeAll(async () => {
  server = await startServer(['--threads', '2', '--page'])
  photo = await sharp(await readFile(samplePhoto()))
    .resize(640)
    .jpeg()
    .toBuffer()
  const create = { width: 64, height: 48, channels: 3 as const, background: '#888' }
  grey = await sharp({ create }).png().toBuffer()
})
afterAll(() => server.close())

function post(path: string, body: BodyInit, headers: Record<string, string> = {}) {
  return fetch(server.url + path, { method: 'POST', body, headers })
}

function form(...pictures: Buffer[]): FormData {
  const form = new FormData()
  for (const picture of pictures) form.append('file', new Blob([new Uint8Array(picture)]), 'a.jpg')
  return form
}

const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('POST /v1/detect', () => {
  test('finds what a plain script finds', async () => {
    const retinaface = await createRetinaFace({ threads: 1 })
    const options = { scoreThreshold: 0.3, inputSize: 'pyramid', maxFaces: 5 } as const
    const expected = await retinaface.detect(photo, options)
    await retinaface.dispose()
    const query = 'scoreThreshold=0.3&inputSize=pyramid&maxFaces=5'
    const response = await post(`/v1/detect?${query}`, new Uint8Array(photo))
    const { width, height, faces } = await response.json()
    expect([width, height]).toEqual([640, 427])
    expect(faces).toHaveLength(3)
    expect(faces).toEqual(expected.map(toFaceEntry))
    expect(response.headers.get('x-faces')).toBe('3')
  })

  test('no face is an empty list', async () => {
    const response = await post('/v1/detect', new Uint8Array(grey))
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ width: 64, height: 48, faces: [] })
  })

  test('gives the annotated picture, meshes and expressions', async () => {
    const headers = { accept: 'text/html, image/png;q=0.9, */*;q=0.1' }
    const drawn = await post('/v1/detect', new Uint8Array(photo), headers)
    const { format, width } = await sharp(Buffer.from(await drawn.arrayBuffer())).metadata()
    expect([format, width]).toEqual(['png', 640])
    const full = await post('/v1/detect?mesh=true&expressions=true', new Uint8Array(photo))
    const [face] = (await full.json()).faces
    expect(face.mesh.positions).toHaveLength(1833)
    expect(Object.keys(face.expressions)).toHaveLength(52)
    expect(face.uncertainExpressions).toContain('tongueOut')
  })

  test('answers many pictures line by line, with an error for each that failed', async () => {
    const response = await post('/v1/detect', form(photo, Buffer.from('no picture'), grey, photo))
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    const results = lines(await response.text()).toSorted((a, b) => a.index - b.index)
    expect(results.map(({ faces, error }) => error?.code ?? faces.length)).toEqual([
      3,
      'IMAGE_READ',
      0,
      3,
    ])
  })

  test.each([
    ['scoreThreshold=2', /scoreThreshold must be <= 1/],
    ['turns=sideways', /turns must be equal to one of the allowed values: none, auto, all/],
    ['treshold=1', /no option "treshold"/],
    ['inputSize=99999', /inputSize must match/],
    ['region=600,400,100,100', /region/],
  ])('refuses ?%s and says why', async (query, message) => {
    const response = await post(`/v1/detect?${query}`, new Uint8Array(photo))
    expect(response.status).toBe(400)
    expect((await response.json()).error.message).toMatch(message)
  })

  test.each<[string, number, string, BodyInit, Record<string, string>]>([
    ['an empty body', 400, 'NO_PICTURE', '', {}],
    ['text', 422, 'IMAGE_READ', 'text', {}],
    ['a form without files', 400, 'NO_PICTURE', new FormData(), {}],
    ['an unknown type', 406, 'NOT_ACCEPTABLE', 'text', { accept: 'text/html' }],
    ['a list without URLs', 400, 'BAD_LIST', '{"a":1}', { 'content-type': 'application/x-ndjson' }],
  ])('refuses %s', async (_, status, code, body, headers) => {
    const response = await post('/v1/detect', body, headers)
    expect([response.status, (await response.json()).error.code]).toEqual([status, code])
  })

  test('fetches no URLs unless told to', async () => {
    const headers = { 'content-type': 'application/x-ndjson' }
    const response = await post('/v1/detect', '"http://example.org/a.jpg"\n', headers)
    expect(lines(await response.text())[0].error.code).toBe('URL_REFUSED')
  })
})

test('POST /v1/align gives an archive of crops, or JSON', async () => {
  const response = await post('/v1/align?size=96', new Uint8Array(photo))
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
  expect(Object.keys(files).toSorted()).toEqual(['1.png', '2.png', '3.png', 'index.json'])
  expect((await sharp(files['1.png']).metadata()).width).toBe(96)
  expect(JSON.parse(Buffer.from(files['index.json']!).toString()).faces[0].transform).toHaveLength(
    6,
  )
  const json = await post('/v1/align', new Uint8Array(grey), { accept: 'application/json' })
  expect((await json.json()).faces).toEqual([])
})

test('POST /v1/blur keeps the format and hides the faces', async () => {
  const response = await post('/v1/blur?style=solid', new Uint8Array(photo))
  expect(response.headers.get('content-type')).toBe('image/jpeg')
  const hidden = await response.arrayBuffer()
  const again = await post('/v1/detect', hidden)
  expect((await again.json()).faces).toEqual([])
  const white = await sharp(grey).linear(2).png().toBuffer()
  const animation = await sharp([grey, white], { join: { animated: true } })
    .gif()
    .toBuffer()
  const refused = await post('/v1/blur', new Uint8Array(animation))
  expect(refused.status).toBe(422)
})

test('POST /v1/mesh gives a GLB of a face, or nothing where there is none', async () => {
  const headers = { accept: 'model/gltf-binary' }
  const response = await post('/v1/mesh?texture=image', new Uint8Array(photo), headers)
  expect(response.headers.get('content-type')).toBe('model/gltf-binary')
  expect(Buffer.from(await response.arrayBuffer()).toString('latin1', 0, 4)).toBe('glTF')
  const none = await post('/v1/mesh?face=4', new Uint8Array(photo), headers)
  expect([none.status, none.headers.get('x-faces')]).toEqual([204, '3'])
  const zip = await post('/v1/mesh', new Uint8Array(photo), { accept: 'application/zip' })
  const files = unzipSync(new Uint8Array(await zip.arrayBuffer()))
  expect(Object.keys(files).toSorted()).toEqual(['1.glb', '2.glb', '3.glb', 'index.json'])
})

test("answers DeepStack's clients", async () => {
  const body = new FormData()
  body.append('image', new Blob([new Uint8Array(photo)]), 'a.jpg')
  body.append('min_confidence', '0.6')
  const answer = await (await post('/v1/vision/face', body)).json()
  expect(answer).toMatchObject({ success: true, duration: expect.any(Number) })
  expect(Object.keys(answer.predictions[0]).toSorted()).toEqual([
    'confidence',
    'x_max',
    'x_min',
    'y_max',
    'y_min',
  ])
  expect(answer.predictions).toHaveLength(3)
  const bad = await post('/v1/vision/face', form(Buffer.from('no picture')))
  expect([bad.status, (await bad.json()).success]).toEqual([422, false])
})

test("answers CompreFace's clients", async () => {
  const path = '/api/v1/detection/detect?limit=2&face_plugins=landmarks,pose&status=true'
  const { result, plugins_versions } = await (await post(path, form(photo))).json()
  expect(result).toHaveLength(2)
  expect(result[0].landmarks).toHaveLength(5)
  expect(result[0].pose).toEqual({
    yaw: expect.any(Number),
    pitch: expect.any(Number),
    roll: expect.any(Number),
  })
  expect(plugins_versions.detector).toBe('retinaface')
  const json = JSON.stringify({ file: photo.toString('base64') })
  const headers = { 'content-type': 'application/json' }
  const bare = await (await post('/api/v1/detection/detect', json, headers)).json()
  expect(Object.keys(bare.result[0])).toEqual(['box'])
  const none = await post('/api/v1/detection/detect', form(grey))
  expect([none.status, await none.json()]).toEqual([
    400,
    { message: 'No face is found in the given image', code: 28 },
  ])
})

test('the OpenAPI document is valid and has every option', async () => {
  const document = await (await fetch(`${server.url}/openapi.json`)).json()
  expect(await new Validator().validate(document)).toEqual({ valid: true })
  expect(Object.keys(document.paths).toSorted()).toEqual([
    '/api/v1/detection/detect',
    ...['/v1/align', '/v1/blur', '/v1/detect', '/v1/mesh', '/v1/vision/face'],
  ])
  const names = document.paths['/v1/blur'].post.parameters.map(({ name }: { name: string }) => name)
  expect(names).toEqual(expect.arrayContaining(['scoreThreshold', 'style', 'margin', 'quality']))
  const page = await (await fetch(`${server.url}/docs`)).text()
  for (const name of names) expect(page).toContain(`<code>${name}</code>`)
})

test('says that it is alive and ready, counts, and logs no names', async () => {
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  const metrics = await (await fetch(`${server.url}/metrics`)).text()
  expect(metrics).toMatch(/retinaface_faces_total [1-9]/)
  expect(metrics).toMatch(/retinaface_inference_seconds_count [1-9]/)
  const response = await post('/v1/detect', form(grey), { 'x-request-id': 'mine-1' })
  expect(response.headers.get('x-request-id')).toBe('mine-1')
  await expect.poll(() => server.log.some((line) => line.includes('"mine-1"'))).toBe(true)
  expect(server.log.join('\n')).not.toContain('a.jpg')
  expect((await fetch(server.url)).headers.get('content-security-policy')).toContain('sha256-')
})
