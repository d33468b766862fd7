import { readFile } from 'node:fs/promises'
import { ModelLoadError } from '@retinaface/core'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { expect, test } from 'vitest'
import { TINY_DETECTOR_URL } from '../../../fixtures/tiny-detector.ts'
import { openSubgraphs } from '../src/index.ts'

const model = new Uint8Array(await readFile(TINY_DETECTOR_URL))

/** Opens parts of the tiny detector, and tells which outputs each has and how many are open. */
async function openTiny() {
  const parts: (readonly string[])[] = []
  let open = 0
  let failures = 0
  const openPart = async (bytes: Uint8Array) => {
    if (failures-- > 0) throw new ModelLoadError('not today')
    const session = await InferenceSession.create(bytes, {
      intraOpNumThreads: 1,
      logSeverityLevel: 3,
    })
    parts.push(session.outputNames)
    open++
    return {
      inputNames: session.inputNames,
      outputNames: session.outputNames,
      run: session.run.bind(session),
      release: async () => {
        open--
        await session.release()
      },
    }
  }
  const [first, second, third] = (await InferenceSession.create(model)).outputNames
  const session = await openSubgraphs(model, [first!], openPart)
  return {
    session,
    names: [first!, second!, third!] as const,
    parts,
    open: () => open,
    failNext: () => {
      failures = 1
    },
  }
}

test('computes what is asked for, with a part for each set of outputs, kept until release', async () => {
  const { session, names, parts, open } = await openTiny()
  const [first, second, third] = names
  const whole = await InferenceSession.create(model, { intraOpNumThreads: 1, logSeverityLevel: 3 })
  const pixels = Float32Array.from({ length: 3 * 64 * 64 }, (_, i) => (i * 37) % 256)
  const feeds = { [whole.inputNames[0]!]: new Tensor('float32', pixels, [1, 3, 64, 64]) }
  const expected = await whole.run(feeds)
  for (const outputs of [[first], [second, third], [third, second], [first]]) {
    const found = await session.run(feeds, outputs)
    expect(Object.keys(found).toSorted()).toEqual(outputs.toSorted())
    for (const name of outputs) expect(found[name]!.data).toEqual(expected[name]!.data)
  }
  expect(parts.map((part) => part.toSorted())).toEqual([[first], [second, third].toSorted()])
  expect(session.outputNames).toEqual(whole.outputNames)
  expect(session.inputNames).toEqual(whole.inputNames)
  await session.release()
  expect(open()).toBe(0)
  await whole.release()
})

test('names an output that the network has not, and opens again what could not be opened', async () => {
  const { session, names, failNext } = await openTiny()
  const feeds = { data: new Tensor('float32', new Float32Array(3 * 64 * 64), [1, 3, 64, 64]) }
  await expect(session.run(feeds, ['nothing'])).rejects.toThrow(/no output nothing; it has/)
  failNext()
  await expect(session.run(feeds, [names[1]])).rejects.toThrow('not today')
  expect(Object.keys(await session.run(feeds, [names[1]]))).toEqual([names[1]])
  await session.release()
})
