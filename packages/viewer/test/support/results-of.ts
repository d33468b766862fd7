/** What the command line would write of pictures with one face each; `push` moves a vertex. */
export function resultsOf(
  pictures: readonly { readonly file: string; readonly push?: number }[],
  size: { readonly width: number; readonly height: number },
): string {
  const entries = pictures.map(({ file, push = 0 }) => {
    const positions = Array.from({ length: 1833 }, (_, i) => [i % 50, Math.floor(i / 50), i % 7])
    positions[3]![0]! += push
    const camera = [0, 0, -50, 0, 0, 0, 2]
    const anchor = { centre: [25, 18], size: 40 }
    return { file, ...size, faces: [{ score: 0.9, mesh: { positions }, camera, anchor }] }
  })
  return JSON.stringify(entries)
}
