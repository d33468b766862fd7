import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runUnderFire, seededRandom } from '../../../batch/test/support/run-under-fire.ts'
import { smallPhoto, temporaryFolder, tinyPicture } from '../sample-pictures.ts'

test('workers are killed, Redis forgets all, S3 fails: each picture is in one part', {
  timeout: 300_000,
}, async () => {
  const folder = join(await temporaryFolder(), 'in')
  await mkdir(folder)
  const kinds = [await smallPhoto(), await tinyPicture(), Buffer.from('broken')]
  const names = Array.from({ length: 40 }, (_, i) => join(folder, `${i}.jpg`))
  for (const [i, name] of names.entries()) await writeFile(name, kinds[i % 3]!)
  const random = seededRandom(7)
  const { code, files, parts, stderr } = await runUnderFire({
    pictures: folder,
    shardSize: 4,
    workers: 2,
    kills: 4,
    between: 5000,
    redisStopped: 1,
    random,
    faultOf: () => (random() < 0.1 ? '500' : random() < 0.1 ? 'lost' : 'none'),
  })
  // Some pictures are broken.
  expect([code, stderr]).toEqual([1, expect.not.stringContaining('    at ')])
  expect([...files].sort(), stderr).toEqual([...names].sort())
  expect(parts).toBe(10)
})
