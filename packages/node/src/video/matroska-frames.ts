import type { ImageSize } from '@retinaface/core'
import type { Chroma } from './read-planes.ts'

// Matroska (RFC 9559) is the simplest container of raw pixels that gives each frame its time: a header, and
// for each frame a cluster with one block.

/** Times in it are whole microseconds. */
const nanoseconds = 1000

/** Names of elements, as the format numbers them. */
const ID = {
  header: 0x1a45dfa3,
  docType: 0x4282,
  docTypeVersion: 0x4287,
  docTypeReadVersion: 0x4285,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  defaultDuration: 0x23e383,
  codecId: 0x86,
  video: 0xe0,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  fourCc: 0x2eb524,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
} as const

/**
 * What stands before the frames of a stream of planes, 8 bits a sample.
 *
 * @param frameRate mean, in frames a second
 */
export function streamHeader(
  { width, height }: ImageSize,
  chroma: Chroma,
  frameRate: number,
): Buffer {
  const video = element(
    ID.video,
    number(ID.pixelWidth, width),
    number(ID.pixelHeight, height),
    element(ID.fourCc, Buffer.from(chroma === 'half' ? 'I420' : '444P', 'latin1')),
  )
  const track = element(
    ID.trackEntry,
    number(ID.trackNumber, 1),
    number(ID.trackUid, 1),
    number(ID.trackType, 1),
    number(ID.defaultDuration, Math.round(1e9 / frameRate)),
    element(ID.codecId, Buffer.from('V_UNCOMPRESSED')),
    video,
  )
  return Buffer.concat([
    element(
      ID.header,
      element(ID.docType, Buffer.from('matroska')),
      number(ID.docTypeVersion, 4),
      number(ID.docTypeReadVersion, 2),
    ),
    // Of a size that is not known: it ends with the stream.
    name(ID.segment),
    Buffer.from([0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
    element(ID.info, number(ID.timestampScale, nanoseconds)),
    element(ID.tracks, track),
  ])
}

/**
 * What stands before the samples of one frame.
 *
 * @param time in seconds
 * @param length of the samples, in bytes
 */
export function frameHeader(time: number, length: number): Buffer {
  const timestamp = number(ID.timestamp, Math.round((time * 1e9) / nanoseconds))
  // Track 1, at the cluster's time, a frame that needs no other.
  const block = Buffer.from([0x81, 0, 0, 0x80])
  const blockStart = Buffer.concat([name(ID.simpleBlock), size(block.length + length), block])
  const content = timestamp.length + blockStart.length + length
  return Buffer.concat([name(ID.cluster), size(content), timestamp, blockStart])
}

function element(id: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([name(id), size(content.length), content])
}

function number(id: number, value: number): Buffer {
  const content = Buffer.alloc(8)
  content.writeBigUInt64BE(BigInt(value))
  return element(id, content)
}

function name(id: number): Buffer {
  const hex = id.toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
}

/** Eight bytes, of which the first one says so. */
function size(length: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(length))
  bytes[0] = 0x01
  return bytes
}
