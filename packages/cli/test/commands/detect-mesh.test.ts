import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { parseCsv } from '../parse-csv.ts'
import { runCli } from '../run-cli.ts'
import { smallPhoto, temporaryFolder } from '../sample-pictures.ts'

let folder: string
let photo: string

beforeAll(async () => {
  folder = await temporaryFolder()
  photo = join(folder, 'photo.jpg')
  await writeFile(photo, await smallPhoto())
})

async function detect(...options: string[]) {
  const { code, stdout } = await runCli(['detect', photo, '--mesh', ...options])
  expect(code).toBe(0)
  return stdout
}

async function bestFace(...options: string[]) {
  return JSON.parse(await detect('--json', '--max-faces', '1', ...options)).faces[0]
}

describe('detect --mesh', () => {
  test('--json gives 1,833 vertices in pixels, the pose and what they were made from', async () => {
    const face = await bestFace()
    expect(Object.keys(face.mesh)).toEqual(['positions'])
    expect(face.mesh.positions).toHaveLength(1833)
    const [x1, y1, x2, y2] = face.box
    const [x, y] = face.mesh.positions[1]
    expect(x > x1 && x < x2 && y > y1 && y < y2).toBe(true)
    expect(Object.keys(face.pose)).toEqual(['yaw', 'pitch', 'roll'])
    expect([face.camera, face.light, face.latent].map(({ length }) => length)).toEqual([7, 9, 128])
    // The camera and the anchor say where the head's origin is seen.
    const [cx, cy, cz, , , , focal] = face.camera
    const { centre, size } = face.anchor
    const origin = [
      centre[0] + (size * focal * cx) / -cz,
      centre[1] - (size * focal * cy) / -cz,
    ] as const
    const xs = face.mesh.positions.map(([value]: number[]) => value)
    expect(origin[0]).toBeGreaterThan(Math.min(...xs))
    expect(origin[0]).toBeLessThan(Math.max(...xs))
  })

  test('--texture, --normals and --refine each add or change what they name', async () => {
    const [plain, model, image, refined] = await Promise.all([
      bestFace('--normals'),
      bestFace('--texture', 'model'),
      bestFace('--texture', 'image'),
      bestFace('--refine', '2'),
    ])
    expect(plain.mesh.normals).toHaveLength(1833)
    expect(model.mesh.colors).toHaveLength(1833)
    expect(image.mesh.colors).not.toEqual(model.mesh.colors)
    expect(image.mesh.positions).toEqual(model.mesh.positions)
    expect(refined.mesh.positions).not.toEqual(model.mesh.positions)
  })

  test('CSV and the table tell the pose, and --annotate draws the mesh', async () => {
    const [header, ...rows] = parseCsv(await detect('--csv', '--annotate', join(folder, 'with')))
    const yaw = header!.indexOf('yaw')
    expect(rows).toHaveLength(3)
    for (const row of rows) expect(Math.abs(Number(row[yaw]))).toBeLessThan(60)
    expect(await detect()).toMatch(/yaw +-?\d+° {2}pitch +-?\d+° {2}roll +-?\d+°/)
    await runCli(['detect', photo, '--annotate', join(folder, 'without')])
    const read = (name: string) => readFile(join(folder, name, 'photo.jpg'))
    expect((await read('with')).equals(await read('without'))).toBe(false)
  })

  test.each([
    [['--texture', 'image'], '--texture needs --mesh: give both.'],
    [['--mesh', '--refine', 'x'], 'Expected a positive whole number'],
  ])('%j exits with 2 and says why', async (options, reason) => {
    const { code, stderr } = await runCli(['detect', photo, ...options])
    expect(stderr).toContain(reason)
    expect(code).toBe(2)
  })
})
