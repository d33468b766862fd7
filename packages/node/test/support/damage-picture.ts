import { crc32 } from 'node:zlib'
import { damageBytes, type Random } from '../../../../fixtures/fuzz.ts'

/** A piece of a file that has its name and its length in the file. */
interface Part {
  readonly name: string
  readonly body: Buffer
}

/** How a format cuts a file in parts, and puts them together with their lengths and sums as they are now. */
interface Format {
  split(file: Buffer): Part[]
  join(parts: readonly Part[]): Buffer
}

/**
 * Damages a picture as its format has it: parts are left out, doubled, exchanged or damaged, and lengths
 * and checksums are then right again, so that decoders read on. What has no such parts, and every fourth
 * picture, is damaged as bytes.
 */
export function damagePicture(kind: string, file: Buffer, next: Random): Uint8Array {
  const format = formats[kind]
  if (format && next(4) > 0) return format.join(damageParts(format.split(file), next))
  // Heads lie first, and hold what decoders believe.
  return damageBytes(file, next, next(2) === 0 ? Math.min(64, file.length) : file.length)
}

function damageParts(parts: readonly Part[], next: Random): Part[] {
  const damaged = [...parts]
  for (let left = 1 + next(3); left > 0 && damaged.length > 0; left--) {
    const at = next(damaged.length)
    const part = damaged[at]!
    const way = next(8)
    if (way === 0) damaged.splice(at, 1)
    else if (way === 1) damaged.splice(next(damaged.length), 0, part)
    else if (way === 2) damaged[at] = damaged.splice(next(damaged.length), 1, part)[0]!
    else damaged[at] = { name: part.name, body: damageBody(part, next) }
  }
  return damaged
}

function damageBody({ name, body }: Part, next: Random): Buffer {
  const start = containers[name]
  if (start !== undefined && next(8) > 0) {
    const inside = damageParts(boxes.split(body.subarray(start)), next)
    return Buffer.concat([body.subarray(0, start), boxes.join(inside)])
  }
  if (body.length < 4 || next(3) === 0) return Buffer.from(damageBytes(body, next))
  const numbers = [
    0,
    1,
    0x7f,
    0xff,
    0x7fff,
    0xffff,
    0x7fffffff,
    0x80000000,
    0xffffffff,
    next(2 ** 31),
  ]
  const copy = Buffer.from(body)
  const at = next(body.length - 3)
  const number = numbers[next(numbers.length)]!
  const way = next(4)
  if (way < 2) copy.writeUInt16BE(number & 0xffff, at)
  else if (way === 2) copy.writeUInt32BE(number, at)
  else copy.writeUInt32LE(number, at)
  return copy
}

const png: Format = {
  split: (file) =>
    split(file, 8, (at) => {
      const name = file.toString('latin1', at + 4, at + 8)
      return { name, start: at + 8, length: file.readUInt32BE(at), after: 4 }
    }),
  join(parts) {
    const chunks = parts.map(({ name, body }) => {
      const named = Buffer.concat([Buffer.from(name, 'latin1'), body])
      return Buffer.concat([uint32(body.length), named, uint32(crc32(named))])
    })
    return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks])
  },
}

const jpeg: Format = {
  split: (file) =>
    split(file, 2, (at) => {
      const name = file.toString('latin1', at, at + 2)
      // After the scan's header comes what has no length, to the end.
      const length = name === '\xff\xda' ? file.length - at - 4 : file.readUInt16BE(at + 2) - 2
      return { name, start: at + 4, length, after: 0 }
    }),
  join(parts) {
    const segments = parts.map(({ name, body }) => {
      const length = name === '\xff\xda' ? 12 : body.length + 2
      const head = Buffer.from([0, 0, (length >> 8) & 255, length & 255])
      head.write(name, 'latin1')
      return Buffer.concat([head, body])
    })
    return Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments])
  },
}

const webp: Format = {
  split: (file) =>
    split(file, 12, (at) => {
      const length = file.readUInt32LE(at + 4)
      return { name: file.toString('latin1', at, at + 4), start: at + 8, length, after: length % 2 }
    }),
  join(parts) {
    const chunks = parts.map(({ name, body }) => {
      const length = uint32(body.length).reverse()
      return Buffer.concat([
        Buffer.from(name, 'latin1'),
        length,
        body,
        Buffer.alloc(body.length % 2),
      ])
    })
    const all = Buffer.concat([Buffer.from('WEBP'), ...chunks])
    return Buffer.concat([Buffer.from('RIFF'), uint32(all.length).reverse(), all])
  },
}

/** ISO base media files, as AVIF and HEIC. */
const boxes: Format = {
  split: (file) =>
    split(file, 0, (at) => {
      const name = file.toString('latin1', at + 4, at + 8)
      return { name, start: at + 8, length: file.readUInt32BE(at) - 8, after: 0 }
    }),
  join: (parts) =>
    Buffer.concat(
      parts.flatMap(({ name, body }) => [
        uint32(body.length + 8),
        Buffer.from(name, 'latin1'),
        body,
      ]),
    ),
}

/** Boxes that hold boxes, and where those begin. */
const containers: Readonly<Record<string, number>> = { meta: 4, iprp: 0, ipco: 0, iinf: 6, iref: 4 }

const formats: Readonly<Record<string, Format>> = { png, jpeg, webp, avif: boxes, heic: boxes }

interface PartHead {
  readonly name: string
  readonly start: number
  readonly length: number
  /** Bytes between its body and the next part. */
  readonly after: number
}

/** The parts of a file that begin one after the other; of what is cut short, what is there. */
function split(file: Buffer, first: number, headAt: (at: number) => PartHead): Part[] {
  const parts: Part[] = []
  for (let at = first; at + 8 <= file.length; ) {
    const { name, start, length, after } = headAt(at)
    const end = start + Math.max(0, length)
    parts.push({ name, body: file.subarray(start, end) })
    at = end + after
  }
  return parts
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}
