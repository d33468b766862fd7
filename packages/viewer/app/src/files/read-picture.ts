import { AppError } from '../content/app-error.ts'

/** More would fill a tab's memory: four bytes a pixel, several times over. */
const MOST_PIXELS = 100_000_000

const KINDS = 'JPEG, PNG, WebP, AVIF or GIF'

/**
 * Decodes a picture, upright as its EXIF orientation says.
 *
 * @throws {AppError} if it is no picture, damaged, or too large.
 */
export async function readPicture(file: File): Promise<ImageBitmap> {
  if (file.size === 0) {
    throw new AppError(`${quote(file)} is empty.`, 'Save or download it again.')
  }
  const { width, height } = await sizeOf(file)
  if (width * height > MOST_PIXELS) {
    throw new AppError(
      `${quote(file)} is too large.`,
      `It has ${width} × ${height} pixels. Make it smaller than ${MOST_PIXELS / 1e6} megapixels and try again.`,
    )
  }
  try {
    return await createImageBitmap(file, { imageOrientation: 'from-image' })
  } catch (error) {
    throw unreadable(file, error)
  }
}

/** The size that a picture says it has, from its head: nothing is decoded yet. */
async function sizeOf(file: File): Promise<{ width: number; height: number }> {
  const url = URL.createObjectURL(file)
  const image = new Image()
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve
      image.onerror = reject
      image.src = url
    })
    return { width: image.naturalWidth, height: image.naturalHeight }
  } catch (error) {
    throw unreadable(file, error)
  } finally {
    URL.revokeObjectURL(url)
    image.removeAttribute('src')
  }
}

function unreadable(file: File, cause: unknown): AppError {
  return new AppError(
    `${quote(file)} could not be read.`,
    `It is damaged, far too large, or not a ${KINDS}. Faces can also be shown from a GLB, or from JSON made by “retinaface detect --mesh --json”.`,
    cause,
  )
}

/** A file's name for messages. */
export function quote({ name }: { readonly name: string }): string {
  const short = name.length > 60 ? `${name.slice(0, 40)}…${name.slice(-16)}` : name
  return `“${short}”`
}
