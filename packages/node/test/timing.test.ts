import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { afterEach, expect, test } from 'vitest'
import { createRetinaFace, type Timing } from '../src/index.ts'
import { quarters } from './support/pictures.ts'

const published: string[] = []
const listen = (timing: unknown, name: string | symbol) => {
  expect((timing as Timing).seconds).toBeGreaterThan(0)
  published.push(String(name))
}
const names = ['retinaface:decode', 'retinaface:inference']

afterEach(() => {
  for (const name of names) unsubscribe(name, listen)
})

test('publishes the time of decoding, then that of the network', async () => {
  const retinaface = await createRetinaFace({ threads: 1 })
  const picture = await quarters().resize(96, 64).png().toBuffer()
  await retinaface.detect(picture)
  for (const name of names) subscribe(name, listen)
  await retinaface.detect(picture)
  expect(published[0]).toBe('retinaface:decode')
  expect(published.slice(1)).not.toEqual([])
  expect(new Set(published.slice(1))).toEqual(new Set(['retinaface:inference']))
  await retinaface.dispose()
})
