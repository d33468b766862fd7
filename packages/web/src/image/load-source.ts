import { type CancelSignal, ImageReadError } from '@retinaface/core'
import { untilAborted } from '@retinaface/core/platform'
import { fetchPicture, nameUrl } from './decode-blob.ts'
import { readStream, STREAM_NAME } from './read-stream.ts'
import { type NamedSource, nameSource, type WebImageSource } from './web-image-source.ts'

/** A picture that is there. */
export type LoadedSource = Exclude<NamedSource, { kind: 'URL' | 'ReadableStream' }>

/**
 * Waits for addresses, streams and image elements, which may never load; gives on what is there already.
 *
 * @throws {InvalidArgumentError} if the source is none
 * @throws {ImageReadError} if it cannot be loaded, and the reason of `signal`
 */
export async function loadSource(
  source: WebImageSource,
  signal: CancelSignal,
): Promise<LoadedSource> {
  const named = nameSource(source)
  if (named.kind === 'URL') {
    const name = nameUrl(named.source)
    return { kind: 'Blob', source: await fetchPicture(named.source, signal), name }
  }
  if (named.kind === 'ReadableStream') {
    return { kind: 'Blob', source: await readStream(named.source, signal), name: STREAM_NAME }
  }
  if (named.kind === 'HTMLImageElement') await untilAborted(signal, loadElement(named.source))
  return named
}

async function loadElement(image: HTMLImageElement): Promise<void> {
  // Out of sight, a lazy one would not be loaded.
  if (!image.complete) image.loading = 'eager'
  try {
    if (image.currentSrc !== '' || image.src !== '') await image.decode()
  } catch (error) {
    const problem = 'the browser could not load or decode its picture. Check its src.'
    throw new ImageReadError('the image element', problem, error)
  }
}
