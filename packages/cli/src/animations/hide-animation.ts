import {
  coverTracks,
  type FollowedFrames,
  findFacesToHide,
  followFrames,
  framePicture,
  type HideOptions,
  hideFaces,
} from '@retinaface/core'
import { readEncoded } from '@retinaface/node'
import {
  type Animation,
  type EncodeOptions,
  encodeAnimation,
  type PictureFacts,
  readAnimation,
} from '@retinaface/node/results'
import type { Detector } from '../detection/detection.ts'
import { type ReadableInput, toImageSource } from '../inputs/readable-input.ts'
import { readFacts } from '../pictures/picture-facts.ts'

/** A GIF or WebP of several frames, with its faces. */
export interface AnimationWithTracks {
  readonly input: ReadableInput
  readonly facts: PictureFacts & { readonly format: 'gif' | 'webp' }
  /** One for each track. */
  readonly faces: readonly unknown[]
  readonly animation: Animation
  readonly followed: FollowedFrames
}

// Browsers show frames of up to 10 ms for 100 ms.
const shortest = 11
const shownInstead = 100

/** True for a GIF or WebP of several frames, if it is named as such or comes from a pipe. */
export async function isAnimation(input: ReadableInput): Promise<boolean> {
  const { source } = input
  if (typeof source === 'string' && !/\.(?:gif|webp)$/i.test(source)) return false
  // What cannot be read is told when it is looked at.
  const facts = await readFacts(input).catch(() => undefined)
  return facts !== undefined && facts.pages > 1 && isAnimated(facts)
}

/** Follows the faces of an animation that are to be hidden, also those under translucent pixels. */
export async function followAnimation(
  input: ReadableInput,
  { retinaface, detectOptions, signal }: Detector,
): Promise<AnimationWithTracks> {
  const facts = await readFacts(input)
  if (!isAnimated(facts)) throw new TypeError(`${facts.format} is no format of animations.`)
  const animation = await readAnimation(await readEncoded(toImageSource(input)))
  const { frames, delays } = animation
  async function* pictures() {
    let time = 0
    for (const [i, frame] of frames.entries()) {
      yield framePicture(frame, time)
      const delay = delays[i]!
      time += (delay < shortest ? shownInstead : delay) / 1000
    }
  }
  const finder: Parameters<typeof followFrames>[0] = {
    detect: (image, options) => findFacesToHide(retinaface, image, options),
  }
  const options = { ...detectOptions, ...(signal ? { signal } : {}) }
  const followed = await followFrames(finder, pictures(), frames[0]!, options)
  return { input, facts, faces: followed.tracks, animation, followed }
}

/** The file of an animation with its faces hidden; delays, loops and transparency stay. */
export function encodeHidden(
  { animation, facts, followed: { tracks, times } }: AnimationWithTracks,
  hiding: HideOptions,
  encoding: EncodeOptions,
): Promise<Buffer> {
  const covers = coverTracks(tracks, times)
  const frames = animation.frames.map((frame, i) =>
    hideFaces(
      frame,
      covers[i]!.map((box) => ({ box })),
      hiding,
    ),
  )
  return encodeAnimation({ ...animation, frames }, facts.format, encoding)
}

function isAnimated(facts: PictureFacts): facts is AnimationWithTracks['facts'] {
  return facts.format === 'gif' || facts.format === 'webp'
}
