import { type Channel, channel } from 'node:diagnostics_channel'

/** What is published on `retinaface:decode` and `retinaface:inference` of `node:diagnostics_channel`. */
export interface Timing {
  readonly seconds: number
}

/** The time that decoders take, waiting not included. */
export const decoding: Channel = channel('retinaface:decode')
/** The time that networks take. */
export const inference: Channel = channel('retinaface:inference')

/** Does something, and publishes how long it took if somebody listens. */
export async function timed<Result>(to: Channel, work: () => Promise<Result>): Promise<Result> {
  if (!to.hasSubscribers) return work()
  const begun = performance.now()
  try {
    return await work()
  } finally {
    to.publish({ seconds: (performance.now() - begun) / 1000 } satisfies Timing)
  }
}
