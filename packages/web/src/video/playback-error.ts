import { ImageReadError } from '@retinaface/core'

// By the code of a MediaError.
const problems = [
  '',
  'its loading was stopped',
  'the network failed',
  'it is damaged or cannot be decoded',
  'its source is missing or of a kind that the browser does not play',
]

/** What it means that a video plays no further. */
export function playbackError(error: MediaError): ImageReadError {
  const { code, message } = error
  const detail = message && ` (${message})`
  return new ImageReadError('the video element', `${problems[code]}${detail}.`, error)
}
