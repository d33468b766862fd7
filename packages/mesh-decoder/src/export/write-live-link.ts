import { gazeInHead } from '../camera/gaze-in-head.ts'
import { InvalidArgumentError } from '../errors/retinaface-error.ts'
import { checkKeyframes, evenFrames, type Keyframe } from './keyframe.ts'

/** How a recording is written. */
export interface LiveLinkOptions {
  /** Rows a second, a whole number; default 60, as the app records. */
  readonly frameRate?: number
}

// Coefficients in the order of the app's files, which name them with a capital.
const coefficients = [
  ...['eyeBlinkLeft', 'eyeLookDownLeft', 'eyeLookInLeft', 'eyeLookOutLeft', 'eyeLookUpLeft'],
  ...['eyeSquintLeft', 'eyeWideLeft'],
  ...['eyeBlinkRight', 'eyeLookDownRight', 'eyeLookInRight', 'eyeLookOutRight', 'eyeLookUpRight'],
  ...['eyeSquintRight', 'eyeWideRight'],
  ...['jawForward', 'jawRight', 'jawLeft', 'jawOpen'],
  ...['mouthClose', 'mouthFunnel', 'mouthPucker', 'mouthRight', 'mouthLeft'],
  ...['mouthSmileLeft', 'mouthSmileRight', 'mouthFrownLeft', 'mouthFrownRight'],
  ...['mouthDimpleLeft', 'mouthDimpleRight', 'mouthStretchLeft', 'mouthStretchRight'],
  ...['mouthRollLower', 'mouthRollUpper', 'mouthShrugLower', 'mouthShrugUpper'],
  ...['mouthPressLeft', 'mouthPressRight', 'mouthLowerDownLeft', 'mouthLowerDownRight'],
  ...['mouthUpperUpLeft', 'mouthUpperUpRight'],
  ...['browDownLeft', 'browDownRight', 'browInnerUp', 'browOuterUpLeft', 'browOuterUpRight'],
  ...['cheekPuff', 'cheekSquintLeft', 'cheekSquintRight'],
  ...['noseSneerLeft', 'noseSneerRight', 'tongueOut'],
]
const turns = [
  ...['HeadYaw', 'HeadPitch', 'HeadRoll'],
  ...['LeftEyeYaw', 'LeftEyePitch', 'LeftEyeRoll'],
  ...['RightEyeYaw', 'RightEyePitch', 'RightEyeRoll'],
]
const radians = Math.PI / 180

/**
 * What a face does in time as CSV in the layout of Epic's Live Link Face, which add-ons of Unreal, Blender and
 * Maya read: 52 coefficients, then how head and eyes are turned, in radians.
 *
 * Rows come evenly, from the first keyframe to the last, with values between those of the keyframes beside
 * them. Yaw is positive towards the subject's left, pitch upwards, roll counter-clockwise in the picture. Eyes
 * are turned relative to the head, both alike, and not at all in keyframes without a gaze.
 *
 * @example
 * const keyframes = []
 * for await (const { time, faces } of detectVideo(retinaface, 'talk.mp4', { expressions: true })) {
 *   const face = faces.find(({ id }) => id === 1)
 *   if (face) keyframes.push({ time, weights: face.expressions, pose: face.pose, gaze: face.gaze })
 * }
 * await writeFile('talk.csv', writeLiveLink(keyframes))
 *
 * @throws InvalidArgumentError if there is no keyframe, the times do not increase from 0 on, or the frame rate
 * is no whole number.
 */
export function writeLiveLink(
  keyframes: readonly Keyframe[],
  { frameRate = 60 }: LiveLinkOptions = {},
): string {
  checkKeyframes('keyframes', keyframes)
  if (!(Number.isInteger(frameRate) && frameRate > 0)) {
    throw new InvalidArgumentError('options.frameRate', 'a whole number from 1 on', frameRate)
  }
  const values = keyframes.map(valuesOf)
  const capital = coefficients.map((name) => name[0]!.toUpperCase() + name.slice(1))
  const columns = [...capital, ...turns]
  const lines = [['Timecode', 'BlendShapeCount', ...columns].join(',')]
  for (const { frame, before, after, share } of evenFrames(keyframes, frameRate)) {
    const row = values[before]!.map((value, i) => value + share * (values[after]![i]! - value))
    const texts = row.map((value) => value.toFixed(6))
    lines.push([timecode(frame, frameRate), columns.length, ...texts].join(','))
  }
  return `${lines.join('\n')}\n`
}

function valuesOf({ weights, pose, gaze }: Keyframe): number[] {
  const { yaw, pitch } = gaze ? gazeInHead(gaze, pose) : { yaw: 0, pitch: 0 }
  const turned = [pose.yaw, pose.pitch, pose.roll, yaw, pitch, 0, yaw, pitch, 0]
  return [
    ...coefficients.map((name) => weights[name] ?? 0),
    ...turned.map((angle) => angle * radians),
  ]
}

/** Hours, minutes, seconds and frames: `00:01:05:29.000`. */
function timecode(frame: number, frameRate: number): string {
  const seconds = Math.floor(frame / frameRate)
  const parts = [seconds / 3600, (seconds / 60) % 60, seconds % 60, frame % frameRate]
  const texts = parts.map((part) => String(Math.floor(part)).padStart(2, '0'))
  return `${texts.join(':')}.000`
}
