import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InferenceSession, type Tensor } from 'onnxruntime-node'

interface KernelEvent {
  readonly cat: string
  readonly args?: {
    readonly op_name?: string
    readonly input_type_shape?: readonly Readonly<Record<string, readonly number[]>>[]
    readonly output_type_shape?: readonly Readonly<Record<string, readonly number[]>>[]
  }
}

/** Multiply-adds of one run's convolutions, from the shapes in the runtime's own profile. */
export async function countMultiplyAdds(
  network: Uint8Array,
  feeds: Readonly<Record<string, Tensor>>,
  outputs: readonly string[],
): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'retinaface-profile-'))
  try {
    const session = await InferenceSession.create(network, {
      enableProfiling: true,
      profileFilePrefix: join(folder, 'run'),
      // Later levels change the layout, and with it the shapes that are reported.
      graphOptimizationLevel: 'basic',
      logSeverityLevel: 3,
    })
    await session.run(feeds, outputs)
    session.endProfiling()
    await session.release()
    const [file] = await readdir(folder)
    const events: KernelEvent[] = JSON.parse(await readFile(join(folder, file!), 'utf8'))
    return events.reduce((sum, event) => sum + multiplyAddsOf(event), 0)
  } finally {
    await rm(folder, { recursive: true })
  }
}

function multiplyAddsOf({ cat, args }: KernelEvent): number {
  if (cat !== 'Node' || !/Conv/.test(args?.op_name ?? '')) return 0
  const shapes = (args?.input_type_shape ?? []).flatMap((input) => Object.values(input))
  const weights = shapes.filter((shape) => shape.length === 4)[1]
  const output = Object.values(args?.output_type_shape?.[0] ?? {})[0]
  if (!weights || !output) return 0
  const [, ...kernel] = weights
  return product(output) * product(kernel)
}

function product(values: readonly number[]): number {
  return values.reduce((result, value) => result * value, 1)
}
