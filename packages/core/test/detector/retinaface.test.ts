import { describe, expect, test, vi } from 'vitest'
import {
  type CancelSignal,
  DisposedError,
  ImageReadError,
  InvalidArgumentError,
  MNET025,
  MOBILE025_PYTORCH,
  ModelMismatchError,
  type PixelImage,
  RetinaFace,
} from '../../src/index.ts'
import { untilAborted } from '../../src/platform.ts'
import { CPU, FakeSession } from '../support/sessions.ts'

const image: PixelImage = { data: new Uint8Array(64 * 32), width: 64, height: 32, channels: 1 }
const fivePoints = [
  [10, 10],
  [30, 10],
  [20, 18],
  [12, 25],
  [28, 25],
] as const

function create(read: (source: string, signal?: CancelSignal) => Promise<PixelImage>) {
  const fake = new FakeSession(MNET025)
  const parts = { session: fake.session, configuration: MNET025, provider: CPU, readImage: read }
  return { fake, retinaface: new RetinaFace<string>(parts) }
}

describe('RetinaFace', () => {
  test('refuses a session that does not fit its configuration', () => {
    const { session } = new FakeSession(MOBILE025_PYTORCH)
    const parts = { session, configuration: MNET025, provider: CPU, readImage: async () => image }
    expect(() => new RetinaFace(parts)).toThrow(ModelMismatchError)
  })

  test('hands the source and the signal to the reader', async () => {
    const seen: unknown[] = []
    const { retinaface } = create(async (source, signal) => {
      seen.push([source, signal])
      return image
    })
    const { signal } = new AbortController()
    await retinaface.detect('photo.jpg', { signal })
    expect(await retinaface.readImage('other.jpg')).toBe(image)
    expect(seen).toEqual([
      ['photo.jpg', signal],
      ['other.jpg', undefined],
    ])
  })

  test('lets the reader shrink what the network sees reduced, and answers in the whole picture', async () => {
    const asked: unknown[] = []
    const fake = new FakeSession(MNET025)
    const retinaface = new RetinaFace<string>({
      session: fake.session,
      configuration: MNET025,
      provider: CPU,
      readImage: async (_source, _signal, shrink) => {
        const picture = { width: 640, height: 320 }
        asked.push(shrink?.sizeFor(picture))
        return shrink ? { pixels: image, ...picture } : image
      },
    })
    for await (const result of retinaface.detectMany(['a'], { inputSize: 64 })) {
      expect(result).toMatchObject({ status: 'ok', width: 640, height: 320 })
    }
    await retinaface.detect('a')
    expect(asked).toEqual([{ width: 64, height: 32 }, undefined])
    expect(fake.runs.map(({ size }) => size)).toEqual([
      { width: 64, height: 32 },
      { width: 64, height: 32 },
    ])
  })

  test('runs the network once at a time, however many calls are open', async () => {
    const { fake, retinaface } = create(async () => image)
    await Promise.all(
      ['a', 'b', 'c', 'd'].map((source) => retinaface.detect(source, { flip: true })),
    )
    expect(fake.runs.length).toBe(8)
    expect(fake.mostRunning).toBe(1)
  })

  test('gives on what the reader throws and works on afterwards', async () => {
    const { retinaface } = create(async (source) => {
      if (source === 'bad') throw new ImageReadError(source, 'it is not a picture')
      return image
    })
    await expect(retinaface.detect('bad')).rejects.toThrow(ImageReadError)
    expect(await retinaface.detect('good')).toEqual([])
  })

  test('checks options before it reads', async () => {
    const { retinaface } = create(() => expect.fail('read'))
    await expect(retinaface.detect('a', { maxFaces: 0 })).rejects.toThrow(InvalidArgumentError)
  })

  test('does not read when the signal is aborted already', async () => {
    const { retinaface } = create(() => expect.fail('read'))
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(retinaface.detect('a', { signal })).rejects.toThrow('enough')
  })

  test('a call that is aborted while it waits for its turn never runs', async () => {
    const { fake, retinaface } = create(async () => image)
    const stop = new AbortController()
    const first = retinaface.detect('a')
    const second = retinaface.detect('b', { signal: stop.signal })
    stop.abort(new Error('enough'))
    await expect(second).rejects.toThrow('enough')
    await first
    expect(fake.runs.length).toBe(1)
  })

  test('aligns a face from its landmarks', async () => {
    const { retinaface } = create(async () => image)
    const aligned = await retinaface.align('a', { landmarks: fivePoints }, { scale: 0.5 })
    expect(aligned.image).toMatchObject({ width: 56, height: 56, channels: 1 })
  })

  test('dispose lets open runs finish, releases once and refuses later calls', async () => {
    const { fake, retinaface } = create(async () => image)
    const open = retinaface.detect('a', { flip: true })
    // The reader answers in a microtask: let the run begin.
    await new Promise((resolve) => setTimeout(resolve, 0))
    const disposals = [retinaface.dispose(), retinaface.dispose()]
    expect(await open).toEqual([])
    await Promise.all(disposals)
    expect(fake.runs.length).toBe(2)
    expect(fake.released).toBe(1)
    await expect(retinaface.detect('b')).rejects.toThrow(DisposedError)
    await expect(retinaface.readImage('b')).rejects.toThrow(DisposedError)
    await expect(retinaface.align('b', { landmarks: fivePoints })).rejects.toThrow(DisposedError)
  })

  test('every dispose waits for the release', async () => {
    const { fake, retinaface } = create(async () => image)
    retinaface.dispose()
    await retinaface.dispose()
    expect(fake.released).toBe(1)
  })

  test('dispose finishes what is being read, and gives up what has not come', async () => {
    let finish: (picture: PixelImage) => void = () => undefined
    const fake = new FakeSession(MNET025)
    const retinaface = new RetinaFace<string>({
      session: fake.session,
      configuration: MNET025,
      provider: CPU,
      load: async (source, signal) => {
        const never = new Promise<string>(() => undefined)
        return source === 'never' ? untilAborted(signal, never) : source
      },
      readImage: () => new Promise((resolve) => (finish = resolve)),
    })
    const never = expect(retinaface.detect('never')).rejects.toThrow(DisposedError)
    const reading = retinaface.detect('a')
    const disposed = retinaface.dispose()
    await never
    expect(fake.released).toBe(0)
    finish(image)
    expect(await reading).toEqual([])
    await disposed
    expect(fake.released).toBe(1)
  })

  test('rejects as soon as the signal is aborted: while the source comes, is read or is looked at', async () => {
    const asked: string[] = []
    const hang = (name: string) => () => {
      asked.push(name)
      return new Promise<never>(() => undefined)
    }
    const session = new FakeSession(MNET025).session
    const parts = { session, configuration: MNET025, provider: CPU, readImage: async () => image }
    for (const [name, retinaface] of Object.entries({
      load: new RetinaFace<string>({ ...parts, load: hang('load') }),
      read: new RetinaFace<string>({ ...parts, readImage: hang('read') }),
      run: new RetinaFace<string>({ ...parts, session: { ...session, run: hang('run') } }),
    })) {
      const stop = new AbortController()
      const detecting = retinaface.detect('a', { signal: stop.signal })
      const rejected = expect(detecting).rejects.toThrow('enough')
      await vi.waitFor(() => expect(asked).toContain(name))
      stop.abort(new Error('enough'))
      await rejected
    }
  })
})
