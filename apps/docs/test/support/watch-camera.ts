import type { Page } from 'playwright'

/** Watches what a page asks of the camera; gives the states of the tracks that it got. */
export async function watchCamera(page: Page): Promise<() => Promise<MediaStreamTrackState[]>> {
  const tracks = await page.evaluateHandle(() => {
    const given: MediaStreamTrack[] = []
    const { mediaDevices } = navigator
    const ask = mediaDevices.getUserMedia.bind(mediaDevices)
    mediaDevices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted)
      given.push(...stream.getTracks())
      return stream
    }
    return given
  })
  return () => tracks.evaluate((given) => given.map(({ readyState }) => readyState))
}
