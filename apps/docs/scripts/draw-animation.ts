// Draws docs/images/face.webp, in which a mesh turns, and face.jpg, its still: a photograph with box
// and landmarks, with the mesh's wireframe, and the mesh with its texture. The command draws the parts.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'

const side = 400
const gap = 16
const width = 3 * side + 2 * gap
const frames = 36
const milliseconds = 80

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const images = here('../../../docs/images/')
const folder = mkdtempSync(join(tmpdir(), 'retinaface-animation-'))
const head = join(folder, 'head.png')

/** Runs `retinaface` with the head, and returns the files that it wrote to a folder of that name. */
function retinaface(name: string, ...args: string[]): string[] {
  const output = join(folder, name)
  const command = [here('../../../scripts/retinaface.mjs'), ...args.slice(0, 1), head]
  execFileSync(process.execPath, [...command, ...args.slice(1), output], { stdio: 'inherit' })
  return readdirSync(output, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.png'))
    .toSorted()
    .map((file) => join(output, file))
}

async function panels(files: readonly string[]): Promise<Buffer> {
  const parts = files.map(async (file, index) => {
    return {
      input: await sharp(file).resize(side, side).toBuffer(),
      left: index * (side + gap),
      top: 0,
    }
  })
  const background = { r: 0, g: 0, b: 0, alpha: 0 }
  return sharp({ create: { width, height: side, channels: 4, background } })
    .composite(await Promise.all(parts))
    .raw()
    .toBuffer()
}

await sharp(here('../public/samples/portrait.jpg'))
  .extract({ left: 96, top: 0, width: 256, height: 256 })
  .resize(2 * side, 2 * side, { kernel: 'lanczos3' })
  .toFile(head)
const [found] = retinaface('found', 'detect', '--annotate')
const [wireframe] = retinaface('wireframe', 'detect', '--mesh', '--annotate')
const turning = ['--texture', 'image', '--refine', '20', '--turntable', String(frames)]
const turned = retinaface('turned', 'mesh', ...turning, '--output')

const pictures = await Promise.all(turned.map((frame) => panels([found!, wireframe!, frame])))
await sharp(Buffer.concat(pictures), {
  raw: { width, height: side * pictures.length, channels: 4, pageHeight: side },
})
  .webp({ quality: 78, loop: 0, delay: pictures.map(() => milliseconds), effort: 5 })
  .toFile(`${images}face.webp`)
await sharp(pictures[4]!, { raw: { width, height: side, channels: 4 } })
  .flatten({ background: '#ffffff' })
  .jpeg({ quality: 86, mozjpeg: true })
  .toFile(`${images}face.jpg`)
rmSync(folder, { recursive: true })
