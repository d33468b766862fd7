import { createReadStream, createWriteStream } from 'node:fs'
import { access, opendir } from 'node:fs/promises'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createRetinaFace } from '@retinaface/node'

const [folder, file] = ['photos', 'faces.ndjson']
const finished = await readFinished(file)
const results = createWriteStream(file, { flags: 'a' })
const stop = new AbortController()
process.once('SIGINT', () => stop.abort())

const retinaface = await createRetinaFace()
try {
  const pictures = notDone(folder, finished)
  for await (const result of retinaface.detectMany(pictures, { signal: stop.signal })) {
    const { source } = result
    const entry =
      result.status === 'ok'
        ? { file: source, faces: result.faces.map(({ score, box }) => ({ score, box })) }
        : { file: source, error: String(result.error) }
    // Waits when the disk is slower than the network.
    if (!results.write(`${JSON.stringify(entry)}\n`)) await once(results, 'drain')
  }
} catch (error) {
  if (!stop.signal.aborted) throw error
} finally {
  results.end()
  await once(results, 'finish')
  await retinaface.dispose()
}

/**
 * The pictures below a folder that have no result yet.
 *
 * @param {string} folder
 * @param {Set<string>} finished
 */
async function* notDone(folder, finished) {
  for await (const entry of await opendir(folder, { recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    const isPicture = entry.isFile() && /\.(?:jpe?g|png|webp|avif|tiff?|gif)$/i.test(entry.name)
    if (isPicture && !finished.has(path)) yield path
  }
}

/** @param {string} file */
async function readFinished(file) {
  /** @type {Set<string>} */
  const finished = new Set()
  const there = await access(file).then(
    () => true,
    () => false,
  )
  if (!there) return finished
  for await (const line of createInterface({ input: createReadStream(file) })) {
    try {
      finished.add(JSON.parse(line).file)
    } catch {
      // A line that a crash cut short: that picture is done again.
    }
  }
  return finished
}
