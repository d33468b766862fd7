import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../run-cli.ts'
import { samplePhoto, smallPhoto, temporaryFolder } from '../sample-pictures.ts'

let folder: string
const copies = 24

beforeAll(async () => {
  folder = await temporaryFolder()
  await mkdir(join(folder, 'in/file:'), { recursive: true })
  const photo = await smallPhoto()
  for (let i = 0; i < copies; i++) {
    const broken = i % 5 === 3
    await writeFile(join(folder, `in/${i + 10}.jpg`), broken ? photo.subarray(0, i * 40) : photo)
  }
  await copyFile(samplePhoto(2), join(folder, 'in/large.jpg'))
  await copyFile(samplePhoto(3), join(folder, 'in/file:/x.jpg'))
})

async function detect(...options: string[]): Promise<{ code: number | null; lines: string[] }> {
  const args = ['detect', 'none*.jpg', 'in', 'none.jpg', '--ndjson', '--quiet', ...options]
  const { code, stdout } = await runCli(args, { cwd: folder, built: true })
  // The decoder words the same damage in different ways.
  const lines = stdout
    .trim()
    .replaceAll(/cut short \(.*?\)/g, 'cut short')
    .split('\n')
  return { code, lines }
}

function faceCounts(lines: readonly string[]): (number | undefined)[] {
  return lines.map((line) => JSON.parse(line).faces?.length)
}

function filesOf(lines: readonly string[]): string[] {
  return lines.map((line) => JSON.parse(line).file)
}

type Box = [number, number, number, number]

function boxes(lines: readonly string[]): Box[] {
  const faces: { box: Box }[] = lines.flatMap((line) => JSON.parse(line).faces ?? [])
  return faces.map(({ box }) => box)
}

function overlap([ax1, ay1, ax2, ay2]: Box, [bx1, by1, bx2, by2]: Box): number {
  const width = Math.min(ax2, bx2) - Math.max(ax1, bx1)
  const height = Math.min(ay2, by2) - Math.max(ay1, by1)
  const shared = Math.max(0, width) * Math.max(0, height)
  return shared / ((ax2 - ax1) * (ay2 - ay1) + (bx2 - bx1) * (by2 - by1) - shared)
}

describe('a folder, as the package is built', () => {
  test('has the same bytes with workers, on one thread and with pixels', async () => {
    const one = await detect('--threads', '1')
    expect(one.code).toBe(1)
    expect(one.lines).toHaveLength(copies + 4)
    expect(faceCounts(one.lines).filter((count) => count !== undefined)).toHaveLength(21)
    expect(faceCounts(one.lines)).not.toContain(0)
    expect(await detect('--threads', '2')).toEqual(one)
    expect(await detect('--annotate', 'drawn')).toEqual(one)
  })

  test('has the same meshes', async () => {
    const one = await detect('--mesh', '--texture', 'image', '--threads', '1')
    expect(await detect('--mesh', '--texture', 'image', '--threads', '2')).toEqual(one)
  })

  test('read at the size that the network sees, has the same faces', async () => {
    const small = await detect('--input-size', '640')
    const full = await detect('--input-size', '640', '--annotate', 'drawn')
    expect(faceCounts(small.lines)).toEqual(faceCounts(full.lines))
    const overlaps = boxes(small.lines).map((box, i) => overlap(box, boxes(full.lines)[i]!))
    expect(Math.min(...overlaps)).toBeGreaterThan(0.9)
    expect(Math.min(...overlaps)).toBeLessThan(1)
  })

  test.each([1, 2])('%i Ctrl-C in the middle: whole lines, in order', async (times) => {
    const whole = await detect()
    let sent = 0
    const { code, stdout, stderr } = await runCli(['detect', 'none*.jpg', 'in', '--ndjson'], {
      cwd: folder,
      built: true,
      onStdout: (text, child) => {
        if (sent > 0 || text.split('\n').length < 8) return
        for (; sent < times; sent++) setTimeout(() => child.kill('SIGINT'), sent * 20)
      },
    })
    expect(code).toBe(130)
    expect(stderr).not.toContain('terminate')
    const files = filesOf(stdout.trim().split('\n'))
    expect(files).toEqual(filesOf(whole.lines).slice(0, files.length))
    expect(files.length).toBeLessThan(whole.lines.length)
  })
})
