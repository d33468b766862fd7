import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { readParquet } from '../../../batch/test/support/read-parquet.ts'
import { runCli } from '../run-cli.ts'
import { samplePhoto, temporaryFolder } from '../sample-pictures.ts'

const lfw = fileURLToPath(new URL('../../../../../shared/data/lfw-pairs', import.meta.url))

// Each starts the command once: a slow machine needs some time for that.
const patient = 300_000

test(
  'embed prints a vector a face',
  async () => {
    const args = ['embed', samplePhoto(1), '--max-faces', '2', '--no-mirror']
    const { code, stdout } = await runCli(args)
    expect(code).toBe(0)
    const { faces } = JSON.parse(stdout)
    expect(faces).toHaveLength(2)
    expect(faces[0].embedding).toHaveLength(128)
    expect(faces[0].embedding).not.toEqual(faces[1].embedding)
  },
  patient,
)

test(
  'embed writes a row of Parquet a face, and one for each other picture',
  async () => {
    const folder = await temporaryFolder()
    await sharp(samplePhoto(1)).resize(800).toFile(join(folder, 'a.jpg'))
    await writeFile(join(folder, 'b.jpg'), 'no picture')
    const grey = { create: { width: 64, height: 64, channels: 3, background: 'grey' } } as const
    await sharp(grey).toFile(join(folder, 'c.png'))
    const [lines, parquet] = [join(folder, 'faces.ndjson'), join(folder, 'faces.parquet')]
    const args = ['embed', folder, '--max-faces', '2', '--no-mirror', '--output']
    expect((await runCli([...args, lines])).code).toBe(1)
    const { code } = await runCli([...args, parquet, '--format', 'parquet'])
    expect(code).toBe(1)
    const rows = await readParquet(parquet)
    const [{ file, faces }] = JSON.parse(`[${(await readFile(lines, 'utf8')).split('\n')[0]}]`)
    expect(rows.slice(0, 2).map((row) => [row['file'], row['face']])).toEqual([
      [file, 1],
      [file, 2],
    ])
    for (const i of [0, 1]) {
      const vector = (rows[i]!['embedding'] as number[]).map((v) => Math.round(v * 1e6) / 1e6)
      expect(vector).toEqual(faces[i].embedding)
    }
    expect(rows.slice(2)).toMatchObject([
      { file: expect.stringMatching('b.jpg'), faces: null, error_code: 'IMAGE_READ' },
      { file: expect.stringMatching('c.png'), faces: 0, embedding: null, error_code: null },
    ])
  },
  patient,
)

test('embed writes Parquet to files only, and does not go on with it', async () => {
  const parquet = ['embed', 'a.jpg', '--format', 'parquet']
  expect((await runCli(parquet)).stderr).toContain('--format parquet needs --output')
  const resumed = await runCli([...parquet, '--output', 'a.parquet', '--resume'])
  expect(resumed.stderr).toContain('--resume works with --format ndjson only')
  expect(resumed.code).toBe(2)
})

test(
  'verify tells a person from a smaller picture',
  async () => {
    const folder = await temporaryFolder()
    await sharp(samplePhoto(1)).resize(1440).toFile(join(folder, 'smaller.jpg'))
    const args = ['verify', samplePhoto(1), 'smaller.jpg', '--json']
    const { stdout } = await runCli(args, { cwd: folder })
    const { similarity, threshold, ...verdict } = JSON.parse(stdout)
    expect(verdict).toEqual({ same: true })
    expect(similarity).toBeGreaterThan(threshold)
  },
  patient,
)

test(
  'verify needs a face in each picture',
  async () => {
    const folder = await temporaryFolder()
    const grey = { create: { width: 64, height: 64, channels: 3, background: 'grey' } } as const
    await sharp(grey).toFile(join(folder, 'grey.png'))
    const { code, stderr } = await runCli(['verify', 'grey.png', 'grey.png'], { cwd: folder })
    expect(code).toBe(2)
    expect(stderr).toContain('There is no face in "grey.png"')
  },
  patient,
)

test(
  'cluster puts copies of a person together, and draws a sheet of those who are there twice',
  async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'photos'))
    // The same four people in two sizes, and three others.
    for (const [name, number, width] of [
      ['a.jpg', 4, 1600],
      ['b.jpg', 4, 1200],
      ['c.jpg', 1, 1200],
    ] as const) {
      await sharp(samplePhoto(number))
        .resize(width)
        .toFile(join(folder, 'photos', name))
    }
    const args = [
      'cluster',
      'photos',
      '--output',
      'people',
      '--score-threshold',
      '0.8',
      '--no-mirror',
    ]
    const { code, stderr } = await runCli(args, { cwd: folder })
    expect(stderr).toContain('3 done, 0 failed')
    expect(code).toBe(0)
    const report = JSON.parse(await readFile(join(folder, 'people/people.json'), 'utf8'))
    const files = report.people.map(({ faces }: { faces: { file: string }[] }) =>
      faces.map(({ file }) => file.slice(-5)).sort(),
    )
    expect(files.slice(0, 4)).toEqual(Array(4).fill(['a.jpg', 'b.jpg']))
    expect(files.slice(4)).toEqual(Array(3).fill(['c.jpg']))
    const sheets = (await readdir(join(folder, 'people'))).filter((name) => name.endsWith('.jpg'))
    expect(sheets).toHaveLength(4)
    const { width, height } = await sharp(join(folder, 'people', report.people[0].sheet)).metadata()
    expect([width, height]).toEqual([236, 120])
  },
  patient,
)

test('an embedder of your own needs its preset', async () => {
  const { code, stderr } = await runCli(['verify', 'a.jpg', 'b.jpg', '--embedder', 'own.onnx'])
  expect(code).toBe(2)
  expect(stderr).toContain('Give --embedder and --embedder-preset together')
})

test('eval lfw says what is wrong with a file of pairs', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'pairs.csv'), 'one,two\n')
  const args = ['eval', 'lfw', '--images', '.', '--pairs', 'pairs.csv']
  const { code, stderr } = await runCli(args, { cwd: folder })
  expect(code).toBe(2)
  expect(stderr).toContain('the line "a,b,same"')
})

test.skipIf(!existsSync(lfw))(
  'eval lfw measures the pairs that are there',
  async () => {
    const folder = await temporaryFolder()
    await mkdir(join(folder, 'images'))
    for (const name of (await readdir(join(lfw, 'images'))).sort().slice(0, 120)) {
      await symlink(join(lfw, 'images', name), join(folder, 'images', name))
    }
    const pairs = join(lfw, 'pairs.csv')
    const args = ['eval', 'lfw', '--images', 'images', '--pairs', pairs, '--no-mirror', '--json']
    const { code, stdout, stderr } = await runCli(args, { cwd: folder })
    expect(stderr).toContain('of 1324 pairs are there')
    expect(code).toBe(0)
    const result = JSON.parse(stdout)
    expect(result.pairs).toBeGreaterThan(40)
    expect(result.accuracy).toBeGreaterThan(0.9)
  },
  patient,
)
