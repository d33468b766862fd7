import sharp from 'sharp'
import type { Box, KnownPicture } from './known-faces.ts'

/**
 * Writes a picture in another size as a JPEG, cropped about its centre where the shape differs, and
 * says where its faces lie then. Faces whose centre is cut off are left out.
 */
export async function scalePicture(
  picture: KnownPicture,
  width: number,
  height: number,
  path: string,
): Promise<KnownPicture> {
  await sharp(picture.path)
    .resize(width, height, { fit: 'cover' })
    .jpeg({ quality: 90 })
    .toFile(path)
  const scale = Math.max(width / picture.width, height / picture.height)
  const left = (picture.width * scale - width) / 2
  const top = (picture.height * scale - height) / 2
  const faces = picture.faces
    .map(([x1, y1, x2, y2]): Box => {
      return [x1 * scale - left, y1 * scale - top, x2 * scale - left, y2 * scale - top]
    })
    .filter(([x1, y1, x2, y2]) => isInside((x1 + x2) / 2, width) && isInside((y1 + y2) / 2, height))
  return { path, width, height, faces }
}

function isInside(value: number, size: number): boolean {
  return value >= 0 && value < size
}
