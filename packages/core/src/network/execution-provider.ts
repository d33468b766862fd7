import { InvalidArgumentError } from '@retinaface/mesh-decoder/errors'

/** What runs a detector's network. */
export interface ActiveProvider {
  /** As ONNX Runtime names it: `'cpu'`, `'wasm'`, `'webgpu'`, `'cuda'`, … */
  readonly name: string
  /** Processor threads of one run; in the browser's kernels those that could be had. */
  readonly threads: number
  /** Why it is not the first of the list that was asked for. */
  readonly fallbackReason?: string
}

/**
 * The execution providers that were asked for, in order.
 *
 * @param asked one, or a list of which the next is taken where one cannot be used
 * @param isProvider whether a value is one
 * @param expected what one is, for the message
 * @throws {InvalidArgumentError}
 */
export function listProviders<Provider>(
  asked: Provider | readonly Provider[],
  isProvider: (value: unknown) => boolean,
  expected: string,
): readonly Provider[] {
  const list = Array.isArray(asked) ? (asked as readonly Provider[]) : [asked as Provider]
  if (list.length > 0 && list.every(isProvider)) return list
  throw new InvalidArgumentError('options.provider', `${expected}, or a list of them,`, asked)
}

/**
 * Opens a network on the first provider that can run it.
 *
 * @throws what opening it on the last one throws
 */
export async function openOnFirst<Provider, Opened extends { readonly provider: ActiveProvider }>(
  providers: readonly Provider[],
  open: (provider: Provider) => Promise<Opened>,
): Promise<Opened> {
  const reasons: string[] = []
  for (const provider of providers.slice(0, -1)) {
    try {
      return withReasons(await open(provider), reasons)
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error))
    }
  }
  return withReasons(await open(providers.at(-1)!), reasons)
}

function withReasons<Opened extends { readonly provider: ActiveProvider }>(
  opened: Opened,
  reasons: readonly string[],
): Opened {
  if (reasons.length === 0) return opened
  return { ...opened, provider: { ...opened.provider, fallbackReason: reasons.join(' ') } }
}
