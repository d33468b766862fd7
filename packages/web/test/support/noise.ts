/** Bytes of noise that is the same each time. */
export function noise(length: number): Uint8Array {
  let state = 1
  return Uint8Array.from({ length }, () => {
    state = (state * 16_807) % 2_147_483_647
    return state % 256
  })
}
