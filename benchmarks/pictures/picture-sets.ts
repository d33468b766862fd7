import { join } from 'node:path'
import { drawCrowd } from './draw-crowd.ts'
import { type KnownPicture, SAMPLE_PHOTOS } from './known-faces.ts'
import { scalePicture } from './scale-picture.ts'

/** The pictures that every contender sees. */
export interface PictureSets {
  /** The sample photographs as they are, 1920 pixels wide. */
  readonly large: readonly KnownPicture[]
  /** The same, 640×480. */
  readonly small: readonly KnownPicture[]
  /** 640×480 with 48 faces about 50 pixels high. */
  readonly crowd: KnownPicture
  /** 640×480 with 192 faces about 25 pixels high. */
  readonly denseCrowd: KnownPicture
}

/** Makes the pictures in a folder. */
export async function makePictureSets(folder: string): Promise<PictureSets> {
  const small = await Promise.all(
    SAMPLE_PHOTOS.map((photo, i) =>
      scalePicture(photo, 640, 480, join(folder, `photo-${i + 1}.jpg`)),
    ),
  )
  return {
    large: SAMPLE_PHOTOS,
    small,
    crowd: await drawCrowd(640, 480, 80, join(folder, 'crowd.jpg')),
    denseCrowd: await drawCrowd(640, 480, 40, join(folder, 'dense-crowd.jpg')),
  }
}

/** Writes `count` photographs of 480 to 1600 pixels' width, made from the samples. */
export async function makePhotoFolder(folder: string, count: number): Promise<string[]> {
  const widths = [640, 800, 1024, 480, 1280, 1600]
  const distinct = await Promise.all(
    Array.from({ length: Math.min(count, widths.length * SAMPLE_PHOTOS.length) }, (_, i) => {
      const photo = SAMPLE_PHOTOS[i % SAMPLE_PHOTOS.length]!
      const width = widths[Math.floor(i / SAMPLE_PHOTOS.length)]!
      const height = Math.round((width * photo.height) / photo.width)
      return scalePicture(photo, width, height, join(folder, `${i}.jpg`))
    }),
  )
  return Array.from({ length: count }, (_, i) => distinct[i % distinct.length]!.path)
}
