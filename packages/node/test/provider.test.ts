import { ProviderUnavailableError } from '@retinaface/core'
import { expect, test } from 'vitest'
import { createRetinaFace } from '../src/create-retinaface.ts'
import { onnxruntime } from '../src/onnxruntime.ts'
import { samplePhoto } from './support/pictures.ts'

const options = { inputSize: 320, mesh: true } as const

test('cpu is the default, and asked for it finds the same to the last bit', async () => {
  const [plain, asked] = await Promise.all([
    createRetinaFace({ threads: 1 }),
    createRetinaFace({ threads: 1, provider: 'cpu' }),
  ])
  expect(plain.provider).toEqual({ name: 'cpu', threads: 1 })
  expect(asked.provider).toEqual(plain.provider)
  const expected = await plain.detect(samplePhoto(5), options)
  expect(expected.length).toBeGreaterThan(0)
  expect(await asked.detect(samplePhoto(5), options)).toEqual(expected)
  await Promise.all([plain.dispose(), asked.dispose()])
})

test('a provider that ONNX Runtime does not offer is refused with those that it does', async () => {
  const error = await createRetinaFace({ provider: 'abacus' }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(ProviderUnavailableError)
  const offered = onnxruntime()
    .listSupportedBackends()
    .map(({ name }) => name)
  expect(offered).toContain('cpu')
  expect(error).toMatchObject({
    code: 'PROVIDER_UNAVAILABLE',
    provider: 'abacus',
    available: offered,
    message: `The execution provider "abacus" cannot be used: the installed onnxruntime-node does not offer it. Available here: ${offered.join(', ')}. Ask for one of these, or give a list of which the first that works is taken.`,
  })
})

test('of a list the first that works is taken, and why is told', async () => {
  const retinaface = await createRetinaFace({ threads: 1, provider: ['abacus', 'cpu'] })
  expect(retinaface.provider).toMatchObject({ name: 'cpu', threads: 1 })
  expect(retinaface.provider.fallbackReason).toMatch(/"abacus" cannot be used/)
  await retinaface.dispose()
})

test('each provider that is offered finds the faces that cpu finds, or says that it is not there', async () => {
  const cpu = await createRetinaFace({ threads: 1 })
  const expected = await cpu.detect(samplePhoto(5), { inputSize: 320 })
  for (const { name } of onnxruntime().listSupportedBackends()) {
    try {
      const retinaface = await createRetinaFace({ threads: 1, provider: name })
      const found = await retinaface.detect(samplePhoto(5), { inputSize: 320 })
      expect(found.map(({ box }) => box.map(Math.round))).toEqual(
        expected.map(({ box }) => box.map(Math.round)),
      )
      await retinaface.dispose()
    } catch (error) {
      expect(name).not.toBe('cpu')
      expect(error).toBeInstanceOf(ProviderUnavailableError)
      expect((error as ProviderUnavailableError).available).not.toContain(name)
      expect((error as ProviderUnavailableError).cause).toBeDefined()
    }
  }
  await cpu.dispose()
})

test.each([[[]], [''], [{}]])('%j is no provider', async (provider) => {
  await expect(createRetinaFace({ provider: provider as string })).rejects.toMatchObject({
    argument: 'options.provider',
  })
})
