import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { type EncodedSource, readEncoded } from '../src/read-encoded.ts'
import { readImage } from '../src/read-image.ts'
import { quarters, samplePhoto } from './support/pictures.ts'

const content = Buffer.alloc(1_200_000, 'picture').toString('base64')

/** All that may be printed of an error. */
async function textOf(source: EncodedSource): Promise<string> {
  const error: unknown = await readEncoded(source).catch((reason: unknown) => reason)
  if (!(error instanceof Error)) return expect.fail('no error')
  return [error.message, error.stack, String(error.cause), ...Object.values(error)].join('\n')
}

describe('messages', () => {
  test.each([
    ['base64', content, 'a text of 1600000 characters'],
    ['base64 of a tiny picture', content.slice(0, 400), 'a text of 400 characters'],
  ])('hold nothing of %s', async (_, source, name) => {
    const text = await textOf(source)
    expect(text).toContain(`Could not read ${name}: `)
    expect(text.length).toBeLessThan(4000)
    expect(text).not.toContain(content.slice(0, 100))
    expect(text).not.toContain(content.slice(300, 400))
  })

  test.each([
    ['a text', `data:image/jpeg;base64,${content}`],
    ['a URL', new URL(`data:image/jpeg;base64,${content}`)],
    ['an upper-case text', `DATA:image/jpeg;base64,${content}`],
  ])('hold nothing of a data: URL as %s', async (_, source) => {
    const error: unknown = await readImage(source, {}).catch((reason: unknown) => reason)
    const { message } = error as Error
    expect(message).toContain(
      'Could not read a data: URL of 1600023 characters: it is not a picture',
    )
    expect(message).not.toContain(content.slice(0, 100))
  })

  test('of long paths have their beginning and end only', async () => {
    const path = `begin.${'/a b'.repeat(2000)}/end.jpg`
    const error: unknown = await readEncoded(path).catch((reason: unknown) => reason)
    const { message } = error as Error
    expect(message.length).toBeLessThan(700)
    expect(message).toMatch(/begin\..*its path is too long/)
  })

  test('of the decoder are a line', async () => {
    const avif = await quarters().avif().toBuffer()
    const reading = readImage(avif.subarray(0, avif.length - 9), {})
    await expect(reading).rejects.toThrow(/^Could not read the picture in memory: [^\n]{1,300}$/)
  })
})

test('a file: URL in a text and as one are read', async () => {
  const { href } = pathToFileURL(samplePhoto(1))
  const [text, url] = await Promise.all([readEncoded(href), readEncoded(new URL(href))])
  expect(text.length).toBeGreaterThan(100_000)
  expect(Buffer.compare(text, url)).toBe(0)
})

describe('an encoded picture comes as', () => {
  const png = quarters().png().toBuffer()
  const percent = (bytes: Buffer) =>
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')

  test.each<[string, (bytes: Buffer) => EncodedSource]>([
    ['a Blob', (bytes) => new Blob([new Uint8Array(bytes)])],
    ['a File', (bytes) => new File([new Uint8Array(bytes)], 'a.png')],
    ['a data: URL in base64', (bytes) => `data:image/png;base64,${bytes.toString('base64')}`],
    [
      'a data: URL whose base64 is percent-encoded',
      (bytes) => `data:image/png;base64,${encodeURIComponent(bytes.toString('base64'))}`,
    ],
    ['a percent-encoded data: URL', (bytes) => `data:image/png,${percent(bytes)}`],
    ['a URL', (bytes) => new URL(`data:image/png;base64,${bytes.toString('base64')}`)],
  ])('%s', async (_, make) => {
    const bytes = await png
    expect(Buffer.compare(await readEncoded(make(bytes)), bytes)).toBe(0)
  })

  test('a data: URL without content is said to be one', async () => {
    await expect(readEncoded('data:image/png')).rejects.toThrow(
      'Could not read a data: URL of 14 characters: it has no comma. A data: URL has one before its content.',
    )
  })

  test('a Blob is refused by its size, before it is read', async () => {
    const blob = new Blob(['x'])
    Object.defineProperty(blob, 'size', { value: 2 ** 30 })
    await expect(readEncoded(blob)).rejects.toThrow('more than 512 MiB')
  })
})
