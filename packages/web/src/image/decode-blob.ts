import { type CancelSignal, ImageReadError } from '@retinaface/core'
import { isHeic } from './is-heic.ts'

/**
 * Decodes a picture, upright as its EXIF orientation says.
 *
 * @throws {ImageReadError} if the browser cannot decode it
 */
export async function decodeBlob(blob: Blob, name: string): Promise<ImageBitmap> {
  if (blob.size === 0) throw new ImageReadError(name, 'it is empty (0 bytes).')
  try {
    return await createImageBitmap(blob, { imageOrientation: 'from-image' })
  } catch (error) {
    throw new ImageReadError(name, (await isHeic(blob)) ? heic : unknown, error)
  }
}

const unknown =
  'the browser cannot decode it: it is damaged, cut short, or not a JPEG, PNG, WebP, AVIF or GIF.'
const heic =
  'it is HEIC, which this browser cannot decode (Safari can), or it is damaged. Convert it to JPEG.'

/**
 * Fetches an encoded picture; relative addresses start at the page's.
 *
 * @param signal ends the transfer where it is the platform's
 * @throws {ImageReadError} if it cannot be fetched, and the reason of `signal`
 */
export async function fetchPicture(url: string, signal?: CancelSignal): Promise<Blob> {
  const name = nameUrl(url)
  let response: Response
  try {
    response = await fetch(url, signal instanceof AbortSignal ? { signal } : {})
  } catch (error) {
    signal?.throwIfAborted()
    throw new ImageReadError(
      name,
      'it could not be fetched. Check the address, and that the server of another origin allows it (CORS).',
      error,
    )
  }
  if (!response.ok) throw new ImageReadError(name, `the server answered ${response.status}.`)
  try {
    return await response.blob()
  } catch (error) {
    signal?.throwIfAborted()
    throw new ImageReadError(name, 'the connection ended before all of it had arrived.', error)
  }
}

/** What messages call an address: never the picture that is in it. */
export function nameUrl(url: string): string {
  return /^data:/i.test(url) ? `a data: URL of ${url.length} characters` : JSON.stringify(url)
}
