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
    ['a data: URL as text', `data:image/jpeg;base64,${content}`, 'a text of 1600023 characters'],
    ['a data: URL', new URL(`data:image/jpeg;base64,${content}`), 'a data: URL'],
    ['base64', content, 'a text of 1600000 characters'],
    ['base64 of a tiny picture', content.slice(0, 400), 'a text of 400 characters'],
  ])('hold nothing of %s', async (_, source, name) => {
    const text = await textOf(source)
    expect(text).toContain(`Could not read ${name}: `)
    expect(text.length).toBeLessThan(4000)
    expect(text).not.toContain(content.slice(0, 100))
    expect(text).not.toContain(content.slice(300, 400))
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
