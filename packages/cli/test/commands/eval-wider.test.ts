import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { runCli } from '../run-cli.ts'
import { temporaryFolder } from '../sample-pictures.ts'

const wider = fileURLToPath(new URL('../../../../../shared/data/wider-val', import.meta.url))
const hasWider = existsSync(wider)

test.skipIf(!hasWider)(
  'eval wider prints the APs of the pictures that are there',
  async () => {
    const folder = await temporaryFolder()
    const pictures = (await readdir(join(wider, 'images'))).sort().slice(0, 8)
    for (const [i, name] of pictures.entries()) {
      await mkdir(join(folder, `images/${i % 3}`), { recursive: true })
      await symlink(join(wider, 'images', name), join(folder, `images/${i % 3}`, name))
    }
    await writeFile(join(folder, 'images/unknown.jpg'), 'not in the ground truth')
    const data = ['--images', 'images', '--ground-truth', join(wider, 'ground-truth')]
    const args = ['eval', 'wider', ...data, '--input-size', '640', '--json']
    const { code, stdout, stderr } = await runCli([...args, '--curves', 'pr.png'], { cwd: folder })
    expect(stderr).toContain("8 of the ground truth's")
    expect(code).toBe(0)
    const result = JSON.parse(stdout)
    expect(Object.keys(result)).toEqual(['easy', 'medium', 'hard', 'images'])
    expect(result.images).toBe(8)
    expect(result.easy).toBeGreaterThan(0.7)
    expect(result.easy).toBeLessThanOrEqual(1)
    expect(result.hard).toBeLessThan(result.easy)
    const { format } = await sharp(join(folder, 'pr.png')).metadata()
    expect(format).toBe('png')

    const large = await runCli([...args, '--min-face-size', '64', '--precision', 'int8'], {
      cwd: folder,
    })
    expect(JSON.parse(large.stdout).hard).toBeLessThan(result.hard)

    const table = await runCli(['eval', 'wider', ...data, '--curves', 'pr.svg'], { cwd: folder })
    expect(table.stdout).toMatch(/^easy +0\.\d{4}\nmedium +0\.\d{4}\nhard +0\.\d{4}\nimages +8\n$/)
    expect(await readFile(join(folder, 'pr.svg'), 'utf8')).toContain('</svg>')
  },
  300_000,
)

test('eval wider without ground truth says which files it wants, with exit code 2', async () => {
  const folder = await temporaryFolder()
  const args = ['eval', 'wider', '--images', folder, '--ground-truth', folder]
  const { code, stderr } = await runCli(args)
  expect(code).toBe(2)
  expect(stderr).toContain('wider_face_val.mat')
})
