import { type BigIntStats, fstatSync } from 'node:fs'
import { stat } from 'node:fs/promises'

/** Says which file it is, whatever its names and the links to it. */
export function identityOf({ dev, ino }: BigIntStats): string {
  return `${dev}:${ino}`
}

/** The files among inputs that the user named, `-` for standard input; what is not there is left out. */
export async function identitiesOf(inputs: readonly string[]): Promise<ReadonlySet<string>> {
  const looks = inputs.map(async (input) => {
    if (input === '-') return fstatSync(0, { bigint: true })
    return stat(input, { bigint: true })
  })
  const found = await Promise.allSettled(looks)
  return new Set(
    found.flatMap((look) => (look.status === 'fulfilled' ? [identityOf(look.value)] : [])),
  )
}
