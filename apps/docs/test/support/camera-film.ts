import sharp from 'sharp'
import { samplePhoto } from './sample-photo.ts'

const frames = 30

/** Two faces that move about in a circle, 640×480, as the MJPEG that Chromium plays for a camera. */
export async function makeCameraFilm(): Promise<Buffer> {
  const photo = await sharp(samplePhoto(3)).resize(1152).toBuffer()
  const film = Array.from({ length: frames }, (_, i) => {
    const angle = (2 * Math.PI * i) / frames
    const left = Math.round(270 + 20 * Math.cos(angle))
    const top = Math.round(60 + 50 * Math.sin(angle))
    const part = sharp(photo).extract({ left, top, width: 640, height: 480 })
    return part.jpeg({ quality: 90 }).toBuffer()
  })
  return Buffer.concat(await Promise.all(film))
}
