import { readFile, stat } from 'node:fs/promises'
import {
  assertPixelImage,
  type CancelSignal,
  ImageReadError,
  type PixelImage,
  type ShrinkPlan,
  type ShrunkenImage,
} from '@retinaface/core'
import { decodeImage } from './decode-image.ts'
import { type LoadedSource, type StreamedPicture, toPath } from './load-source.ts'
import { assertFewBytes, readFailure } from './read-failure.ts'

/**
 * Reads a picture that is there into upright 8-bit sRGB pixels.
 *
 * EXIF orientation is applied, colour profiles and CMYK are converted, 16-bit samples are reduced.
 *
 * @param pixelLimit pictures of more pixels are refused before they are decoded
 * @param shrink files may be decoded at this size; raw pixels come back as they are
 * @throws {ImageReadError} saying what is wrong with the picture and what to do
 */
export async function readImage(
  source: LoadedSource,
  pixelLimit: number,
  signal?: CancelSignal,
  shrink?: ShrinkPlan,
): Promise<PixelImage | ShrunkenImage> {
  if (typeof source === 'object' && 'width' in source) {
    assertPixelImage(source)
    return source
  }
  const { encoded, name } = await readEncoded(source, pixelLimit)
  signal?.throwIfAborted()
  if (encoded.length === 0) throw new ImageReadError(name, 'it is empty (0 bytes).')
  return decodeImage(encoded, name, pixelLimit, shrink)
}

async function readEncoded(
  source: Exclude<LoadedSource, PixelImage>,
  pixelLimit: number,
): Promise<StreamedPicture> {
  if (source instanceof Uint8Array || source instanceof ArrayBuffer) {
    return { encoded: new Uint8Array(source), name: 'the picture in memory' }
  }
  if (typeof source === 'object' && 'encoded' in source) return source
  const name = JSON.stringify(String(source))
  try {
    const path = toPath(source)
    assertFewBytes(name, (await stat(path)).size, pixelLimit)
    // libvips would take "[…]" in a file's name for options, so it never sees names.
    return { encoded: await readFile(path), name }
  } catch (error) {
    throw readFailure(name, source, error)
  }
}
