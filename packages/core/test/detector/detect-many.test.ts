import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import {
  type DetectManyOptions,
  InvalidArgumentError,
  InvalidImageError,
  MNET025,
  type PictureResult,
  type PixelImage,
  RetinaFace,
  type SizedFaces,
} from '../../src/index.ts'
import { detectInOrder } from '../../src/platform.ts'
import { CPU, FakeSession } from '../support/sessions.ts'

/** A picture to be read: how long reading takes and whether it works. */
interface Plan {
  readonly name: number
  readonly milliseconds: number
  readonly fate: 'good' | 'unreadable' | 'broken'
}

function pictureOf(plan: Plan): PixelImage {
  if (plan.fate === 'unreadable') throw new Error(`cannot read ${plan.name}`)
  const length = plan.fate === 'broken' ? 1 : 40 * (plan.name + 1)
  return { data: new Uint8Array(length), width: plan.name + 1, height: 40, channels: 1 }
}

function create() {
  const fake = new FakeSession(MNET025)
  const counts = { begun: 0, held: 0, mostHeld: 0 }
  const retinaface = new RetinaFace<Plan>({
    session: fake.session,
    configuration: MNET025,
    provider: CPU,
    readImage: async (plan) => {
      counts.begun++
      counts.mostHeld = Math.max(counts.mostHeld, ++counts.held)
      await new Promise((resolve) => setTimeout(resolve, plan.milliseconds))
      return pictureOf(plan)
    },
  })
  return { fake, counts, retinaface }
}

const good = (name: number): Plan => ({ name, milliseconds: 0, fate: 'good' })
const plans = fc
  .array(
    fc.record({
      milliseconds: fc.constantFrom(0, 0, 3),
      fate: fc.constantFrom(
        'good' as const,
        'good' as const,
        'unreadable' as const,
        'broken' as const,
      ),
    }),
    { maxLength: 8 },
  )
  .map((list) => list.map((plan, name): Plan => ({ ...plan, name })))

describe('detectMany', () => {
  test.prop([plans, fc.boolean()], { numRuns: 20 })(
    'gives one result a picture in order, failures among them, and holds two pictures at most',
    async (sources, asynchronous) => {
      const { retinaface, counts } = create()
      const progress: unknown[] = []
      const results: PictureResult<Plan>[] = []
      const options: DetectManyOptions = { onProgress: (now) => progress.push(now) }
      for await (const result of retinaface.detectMany(
        asynchronous ? later(sources) : sources,
        options,
      )) {
        results.push(result)
        counts.held--
      }
      expect(counts.mostHeld).toBeLessThanOrEqual(2)
      expect(results.map(({ source }) => source)).toEqual(sources)
      let failed = 0
      results.forEach((result, i) => {
        const { fate, name } = sources[i]!
        if (fate !== 'good') failed++
        if (result.status === 'ok') {
          expect(result).toMatchObject({ width: name + 1, height: 40, faces: [] })
        } else if (fate === 'unreadable') {
          expect(result.error).toMatchObject({ message: `cannot read ${name}` })
        } else expect(result.error).toBeInstanceOf(InvalidImageError)
        expect(result.status).toBe(fate === 'good' ? 'ok' : 'failed')
        expect(progress[i]).toEqual({ done: i + 1, failed })
      })
      expect(progress.length).toBe(sources.length)
    },
  )

  test('reads the next picture while the network works', async () => {
    const { retinaface, counts } = create()
    const results = retinaface.detectMany([good(0), good(1), good(2)])
    await results.next()
    expect(counts.begun).toBe(2)
    await results.return()
  })

  test('reads nothing more when its user leaves early, and lets no rejection loose', async () => {
    const { retinaface, counts, fake } = create()
    const unreadable: Plan = { name: 1, milliseconds: 1, fate: 'unreadable' }
    for await (const result of retinaface.detectMany([good(0), unreadable, good(2), good(3)])) {
      expect(result.source.name).toBe(0)
      break
    }
    // A loose rejection would fail the test run.
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(counts.begun).toBe(2)
    expect(fake.runs.length).toBe(1)
  })

  test('stops with the signal’s reason, what is done being done', async () => {
    const { retinaface } = create()
    const stop = new AbortController()
    const done: number[] = []
    const run = async () => {
      const sources = [0, 1, 2, 3, 4].map(good)
      for await (const { source } of retinaface.detectMany(sources, { signal: stop.signal })) {
        done.push(source.name)
        if (source.name === 1) stop.abort(new Error('enough'))
      }
    }
    await expect(run()).rejects.toThrow('enough')
    expect(done).toEqual([0, 1])
  })

  test('stops while the list of pictures hangs', async () => {
    const { retinaface } = create()
    const stop = new AbortController()
    async function* hanging(): AsyncGenerator<Plan> {
      yield good(0)
      stop.abort(new Error('enough'))
      await new Promise(() => undefined)
    }
    const results = retinaface.detectMany(hanging(), { signal: stop.signal })
    await expect(results.next()).rejects.toThrow('enough')
  })

  test('hands the options to every picture', async () => {
    const { retinaface, fake } = create()
    for await (const { status } of retinaface.detectMany([good(0), good(1)], { flip: true })) {
      expect(status).toBe('ok')
    }
    expect(fake.runs.length).toBe(4)
  })

  test('refuses bad options before it reads', async () => {
    const { retinaface, counts } = create()
    const results = retinaface.detectMany([good(0)], { nmsThreshold: -1 })
    await expect(results.next()).rejects.toThrow(InvalidArgumentError)
    expect(counts.begun).toBe(0)
  })

  test('gives what was read before the list of pictures broke off', async () => {
    const { retinaface } = create()
    function* breaking(): Generator<Plan> {
      yield good(0)
      yield good(1)
      throw new Error('the folder is gone')
    }
    const names: number[] = []
    const reading = (async () => {
      for await (const { source } of retinaface.detectMany(breaking())) names.push(source.name)
    })()
    await expect(reading).rejects.toThrow('the folder is gone')
    expect(names).toEqual([0, 1])
  })
})

describe('detectInOrder', () => {
  test.each([['photo.jpg'], [null], [5], [new Uint8Array(9)], [{}]])(
    'refuses %o for a list of pictures',
    async (sources) => {
      const detect = async () => ({ width: 1, height: 1, faces: [] })
      const options = { detect, ahead: 1, signal: undefined, onProgress: undefined }
      const results = detectInOrder(sources as string[], options)
      await expect(results.next()).rejects.toThrow(/Expected an array or another iterable.*sources/)
    },
  )

  test('ends with what the caller’s own function throws, and asks for no more pictures', async () => {
    let asked = 0
    function* sources(): Generator<number> {
      for (;;) yield asked++
    }
    const onProgress = ({ done }: { readonly done: number }) => {
      if (done === 2) throw new Error('the progress bar is gone')
    }
    const detect = async () => ({ width: 1, height: 1, faces: [] })
    const options = { detect, ahead: 1, signal: undefined, onProgress }
    const seen: number[] = []
    const reading = (async () => {
      for await (const { source } of detectInOrder(sources(), options)) seen.push(source)
    })()
    await expect(reading).rejects.toThrow('the progress bar is gone')
    expect(seen).toEqual([0])
    expect(asked).toBe(3)
  })

  test.prop([plans, fc.integer({ min: 0, max: 5 })], { numRuns: 20 })(
    'gives results in order however long each takes, and begins no more than it may',
    async (sources, ahead) => {
      let open = 0
      let mostOpen = 0
      const detect = async ({ milliseconds, fate, name }: Plan): Promise<SizedFaces> => {
        mostOpen = Math.max(mostOpen, ++open)
        await new Promise((resolve) => setTimeout(resolve, milliseconds))
        if (fate !== 'good') throw new Error(`cannot read ${name}`)
        return { width: name, height: 1, faces: [] }
      }
      const options = { detect, ahead, signal: undefined, onProgress: undefined }
      const names: number[] = []
      for await (const result of detectInOrder(sources, options)) {
        open--
        names.push(result.source.name)
        if (result.status === 'ok') expect(result.width).toBe(result.source.name)
        expect(result.status).toBe(result.source.fate === 'good' ? 'ok' : 'failed')
      }
      expect(names).toEqual(sources.map(({ name }) => name))
      expect(mostOpen).toBe(Math.min(ahead + 1, sources.length))
    },
  )
})

async function* later<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  for (const item of items) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    yield item
  }
}
