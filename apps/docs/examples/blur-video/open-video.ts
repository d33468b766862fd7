import { ALL_FORMATS, BlobSource, Input, type InputVideoTrack, WEBM } from 'mediabunny'

/** A video file whose frames can be decoded. */
export interface OpenVideo {
  readonly input: Input
  readonly track: InputVideoTrack
  readonly isWebM: boolean
  /** In seconds. */
  readonly duration: number
}

/**
 * Opens a video file.
 *
 * @throws {Error} saying why this browser cannot read it
 */
export async function openVideo(file: Blob): Promise<OpenVideo> {
  if (typeof VideoDecoder === 'undefined' || typeof VideoEncoder === 'undefined') {
    throw new Error(
      'this browser has no WebCodecs, or this page does not come by HTTPS. Chrome and Edge have it from 94 on, Safari from 16.4, Firefox from 130 on computers.',
    )
  }
  const input = new Input({ source: new BlobSource(file), formats: ALL_FORMATS })
  // Of a file of a few bytes it throws.
  if (!(await input.canRead().catch(() => false))) {
    throw new Error('this file is no video that can be read. MP4, MOV, WebM and MKV can.')
  }
  const track = await input.getPrimaryVideoTrack()
  if (!track) throw new Error('this file has no video, only sound.')
  if (!(await track.canDecode())) {
    const codec = (await track.getCodec()) ?? 'an unknown codec'
    throw new Error(`this browser cannot decode ${codec}. Try another browser, or H.264.`)
  }
  const isWebM = (await input.getFormat()) === WEBM
  return { input, track, isWebM, duration: await track.computeDuration() }
}
