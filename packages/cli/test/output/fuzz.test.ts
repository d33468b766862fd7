import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { damageBytes, damageJson, fuzzCases, type Random } from '../../../../fixtures/fuzz.ts'
import { CliError } from '../../src/cli-error.ts'
import { ledgerName, OutputLedger } from '../../src/output/output-ledger.ts'
import { openResultFile } from '../../src/output/result-file.ts'
import { temporaryFolder } from '../sample-pictures.ts'

let folder: string
beforeAll(async () => {
  folder = await temporaryFolder()
})

const face = {
  score: 0.9,
  box: [1, 2, 3, 4],
  landmarks: [[1, 2]],
  crop: 'a-1.png',
  files: ['a.glb'],
}
const sized = { width: 3, height: 2 }
const entries = [
  { file: 'a.jpg', ...sized, faces: [face, face] },
  { file: 'ä "b".jpg', ...sized, overlay: 'b-overlay.jpg', faces: [] },
  { file: 'c.jpg', error: { code: 'IMAGE_READ', message: 'It is empty.' } },
  { file: 'd.mp4', ...sized, faces: [{ id: 1, ...face }], time: 0.04 },
  { file: 'e'.repeat(70_000), ...sized, faces: [] },
]
const oddLines = [
  ...['', ' ', '[]', 'null', '5', '"a"', '{}', '{"file":5,"width":3,"height":2,"faces":[]}', '\r'],
  ...['file,width,height,face,score,x1,y1,x2,y2', '\ufeff{"file":"f.jpg"}', '{"file":"g.jpg"'],
  ...['{"file":"h.jpg","__proto__":{"file":5}}', '['.repeat(50_000), '{"file":"i","faces":"no"}'],
]

/** Some lines, of which each may be damaged as JSON, or be another, and all as bytes. */
function damagedResults(next: Random): Buffer {
  const lines = Array.from({ length: 1 + next(5) }, (_, i) => {
    const entry = entries[i === 0 ? next(4) : next(entries.length)]!
    const way = next(6)
    if (way === 0) return oddLines[next(oddLines.length)]!
    // The first line is mostly right: what follows a wrong one is not looked at.
    return JSON.stringify(way === 1 && (i > 0 || next(4) === 0) ? damageJson(entry, next) : entry)
  })
  const ends = ['\n', '\n', '\n', '\r\n', '']
  let text = lines.join('\n') + ends[next(ends.length)]
  const way = next(8)
  if (way === 0) text = text.slice(0, next(text.length + 1))
  if (way === 1) text += text.slice(next(text.length))
  if (way === 2 && next(20) === 0) text += 'x'.repeat(2 ** 20)
  const bytes = Buffer.from(text)
  return way === 3 ? Buffer.from(damageBytes(bytes, next)) : bytes
}

/** The pictures of a file's lines, read in the plainest way. */
function picturesOf(bytes: Buffer): string[] {
  return bytes
    .toString()
    .split('\n')
    .flatMap((line) => {
      try {
        const { file } = JSON.parse(line)
        return typeof file === 'string' ? [file] : []
      } catch {
        return []
      }
    })
}

test(
  'damaged results are gone on with after their whole lines, or left as they are',
  async () => {
    const path = join(folder, 'results.ndjson')
    let opened = 0
    for (const next of fuzzCases(300)) {
      const before = damagedResults(next)
      await writeFile(path, before)
      const resumes = next(4) > 0
      const warnings: string[] = []
      const warn = (text: string) => void warnings.push(text)
      const opening = openResultFile(path, { resumes, inputs: new Set(), warn })
      const result = await opening.catch((error: unknown) => error as Error)
      if (result instanceof Error) {
        expect(result).toBeInstanceOf(CliError)
        expect(result.message.length).toBeLessThan(300)
        expect(before.equals(await readFile(path))).toBe(true)
        continue
      }
      opened += 1
      await result.sink.close()
      const after = await readFile(path)
      if (!resumes) {
        expect(after).toHaveLength(0)
        continue
      }
      expect(new Set(result.finished.pictures)).toEqual(new Set(picturesOf(before)))
      for (const output of result.finished.outputs) expect(output).toBeTypeOf('string')
      expect(warnings).toHaveLength(result.finished.damaged.length)
      // At most the beginning of one entry is gone, and a newline has come.
      expect(after.length === 0 || after.at(-1) === 0x0a).toBe(true)
      expect(after.subarray(0, -1).equals(before.subarray(0, Math.max(0, after.length - 1)))).toBe(
        true,
      )
      const gone = before.subarray(after.length).toString()
      expect(gone).not.toContain('\n')
      expect(gone === '' || '{"file":"'.startsWith(gone.slice(0, 9))).toBe(true)
    }
    expect(opened).toBeGreaterThan(0)
  },
  Number.POSITIVE_INFINITY,
)

test(
  'a damaged list of outputs names no file that it does not hold',
  async () => {
    const names = ['a.jpg', 'sub/b.png', 'ü\n.webp', '../c.jpg']
    const whole = Buffer.from(names.map((name) => `${JSON.stringify(name)}\n`).join(''))
    for (const next of fuzzCases(100)) {
      const bytes = Buffer.from(damageBytes(whole, next))
      await writeFile(join(folder, ledgerName), bytes)
      const ledger = await OutputLedger.read(folder)
      const lines = bytes.toString().split('\n')
      for (const name of names)
        expect(ledger.has(name)).toBe(lines.some((line) => holds(line, name)))
      await ledger.close()
    }
  },
  Number.POSITIVE_INFINITY,
)

function holds(line: string, name: string): boolean {
  try {
    return JSON.parse(line) === name
  } catch {
    return false
  }
}
