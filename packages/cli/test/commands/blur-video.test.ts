import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import { film } from '../film.ts'
import { runCli } from '../run-cli.ts'
import { temporaryFolder } from '../sample-pictures.ts'

let folder: string

/** Codec, size and number of frames or packets of each stream. */
function streamsOf(file: string): string {
  const show = 'stream=codec_name,width,height,nb_read_packets'
  const args = ['-v', 'error', '-count_packets', '-show_entries', show, '-of', 'csv=p=0', file]
  return execFileSync('ffprobe', args, { encoding: 'utf8' })
}

beforeAll(async () => {
  folder = await temporaryFolder()
  await mkdir(join(folder, 'in'))
  film(8, join(folder, 'in/film.mp4'))
  await writeFile(join(folder, 'in/broken.mp4'), 'broken')
})

const blur = ['blur', 'in', '--output', 'out', '--threads', '1']

test('videos of a folder are hidden with sound, and a broken one does not stop the rest', {
  timeout: 240_000,
}, async () => {
  const { code, stderr } = await runCli(blur, { cwd: folder })
  expect(stderr).toMatch(/"in\/broken\.mp4": it has no index/)
  expect(stderr).toMatch(/1 done, 1 failed/)
  expect(code).toBe(1)
  expect(streamsOf(join(folder, 'out/film.mp4'))).toBe(streamsOf(join(folder, 'in/film.mp4')))
  const found = ['detect', 'out/film.mp4', '--ndjson', '--threads', '1']
  const { stdout } = await runCli(found, { cwd: folder })
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ faces }) => faces)).toEqual(new Array(8).fill([]))
  const resumed = await runCli([...blur, '--resume'], { cwd: folder })
  expect(resumed.stderr).toMatch(/0 done, 1 failed, 1 skipped/)
})

test('a line for each frame tells its time and its faces with their ids', {
  timeout: 240_000,
}, async () => {
  const args = ['detect', 'in/film.mp4', '--ndjson', '--threads', '1', '--score-threshold', '0.8']
  const { stdout, code } = await runCli(args, { cwd: folder })
  expect(code).toBe(0)
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.map(({ time }) => time)).toEqual([0, 0.04, 0.08, 0.12, 0.16, 0.2, 0.24, 0.28])
  for (const { file, width, height, faces } of lines) {
    expect({ file, width, height }).toEqual({ file: 'in/film.mp4', width: 320, height: 240 })
    expect(faces.map(({ id }: { id: number }) => id).sort()).toEqual([1, 2])
  }
  const table = await runCli(['detect', 'in/film.mp4'], { cwd: folder })
  expect(table.stderr).toMatch(/--ndjson/)
  expect(table.code).toBe(1)
})

test("each face's expressions are written in Live Link Face's layout, and nothing is printed", {
  timeout: 240_000,
}, async () => {
  const found = ['--threads', '1', '--score-threshold', '0.8', '--live-link', 'faces']
  const { stdout, code } = await runCli(['detect', 'in/film.mp4', ...found], { cwd: folder })
  expect(code).toBe(0)
  expect(stdout).toBe('')
  const files = (await readdir(join(folder, 'faces'))).filter((name) => name.endsWith('.csv'))
  expect(files.sort()).toEqual(['film-1.csv', 'film-2.csv'])
  for (const file of files) {
    const [header, ...rows] = (await readFile(join(folder, 'faces', file), 'utf8'))
      .trim()
      .split('\n')
    expect(header!.split(',')).toHaveLength(63)
    // From the first of eight frames to the last there are 0.28 s.
    expect(rows).toHaveLength(18)
    expect(rows.at(-1)).toMatch(/^00:00:00:17\.000,61,/)
    const opened = header!.split(',').indexOf('JawOpen')
    for (const row of rows) expect(row.split(',')[opened]).toMatch(/^[01]\.\d{6}$/)
  }
})

test('a contact sheet shows the tracks', { timeout: 240_000 }, async () => {
  const args = ['blur', 'in/film.mp4', '--output', 'sheets', '--contact-sheet', '--threads', '1']
  expect((await runCli(args, { cwd: folder })).code).toBe(0)
  const { width, height } = await sharp(join(folder, 'sheets/film.mp4-tracks.jpg')).metadata()
  expect(height).toBe(120)
  expect(width).toBeGreaterThanOrEqual(2 * 116)
})

test('Ctrl-C in the middle of a video leaves nothing under its name', {
  timeout: 240_000,
}, async () => {
  film(150, join(folder, 'long.mp4'))
  const args = ['blur', 'long.mp4', '--output', 'stopped', '--threads', '1']
  const { code, stderr } = await runCli(args, {
    cwd: folder,
    onStart: (child) => {
      const wait = setInterval(async () => {
        // It is at work when its folder is there.
        if (!(await stat(join(folder, 'stopped')).catch(() => undefined))) return
        clearInterval(wait)
        child.kill('SIGINT')
      }, 100)
    },
  })
  expect(stderr).toMatch(/0 done, 0 failed/)
  expect(code).toBe(130)
  expect(await readdir(join(folder, 'stopped'))).toEqual([])
})
