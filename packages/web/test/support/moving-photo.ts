/** A video of a photograph that moves. */
export interface MovingPhoto {
  readonly video: HTMLVideoElement
  readonly stream: MediaStream
  stop(): void
}

const scale = 0.6

/** Plays a photograph that moves as `place` says, at three fifths of its size, 640×480 at up to 30 frames a second. */
export async function playMovingPhoto(
  url: string,
  place: () => { x: number; y: number },
): Promise<MovingPhoto> {
  const photo = await createImageBitmap(await (await fetch(url)).blob())
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 })
  const context = canvas.getContext('2d')!
  const draw = () => {
    const { x, y } = place()
    context.clearRect(0, 0, 640, 480)
    context.drawImage(photo, x, y, photo.width * scale, photo.height * scale)
  }
  draw()
  const timer = setInterval(draw, 33)
  const video = document.createElement('video')
  const stream = canvas.captureStream(30)
  Object.assign(video, { muted: true, srcObject: stream })
  await video.play()
  const stop = () => {
    clearInterval(timer)
    for (const track of stream.getTracks()) track.stop()
    photo.close()
  }
  return { video, stream, stop }
}
