import type { FaceEntry, PoseEntry } from '@retinaface/node/results'
import { printable } from './printable.ts'
import type { ResultEntry } from './result-entry.ts'

/** A picture's results for reading: a line for the picture and one for each face. */
export function toTable(entry: ResultEntry): string {
  const file = printable(entry.file)
  if ('error' in entry) return `${file}  failed: ${printable(entry.error.message)}`
  const { width, height, faces } = entry
  const count = faces.length === 1 ? '1 face' : `${faces.length} faces`
  return [`${file}  ${width}×${height}  ${count}`, ...faces.map(toLine)].join('\n')
}

function toLine({ score, box, pose }: FaceEntry, i: number): string {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = box
  const corner = `${Math.round(x1)}, ${Math.round(y1)}`.padStart(12)
  const size = `${Math.round(x2 - x1)}×${Math.round(y2 - y1)}`.padStart(10)
  const line = `${String(i + 1).padStart(5)}  score ${score.toFixed(3)}  at ${corner}  size ${size}`
  return pose ? line + toAngles(pose) : line
}

function toAngles(pose: PoseEntry): string {
  const angles = (['yaw', 'pitch', 'roll'] as const).map((name) => {
    return `${name} ${String(Math.round(pose[name])).padStart(4)}°`
  })
  return `  ${angles.join('  ')}`
}
