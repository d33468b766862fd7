import { parse } from 'node:path'

// `photo-2.png` and `photo-overlay.jpg`; pictures of a turntable lie beside such a file.
const outputName = /^(.*)-(?:\d+|overlay)\.\w+$/s

/** Gives pictures the stems of their crops' names, no two the same. */
export class CropNames {
  private readonly taken = new Set<string>()

  /** @param outputs of an earlier run, whose stems are taken */
  constructor(outputs: readonly string[] = []) {
    for (const output of outputs) {
      const stem = outputName.exec(output)?.[1]
      if (stem !== undefined) this.taken.add(keyOf(stem))
    }
  }

  /** `a/photo.jpg` gives `a/photo`; if `a/photo.png` has taken that, `a/photo.jpg`. */
  claim(path: string): string {
    const { dir, name, base } = parse(path)
    const folder = dir === '' ? '' : `${dir}/`
    return this.take(folder + name, folder + base)
  }

  /** The stem of one track's crops of a video: `a/film-2`; if a picture has taken that, `a/film-2_1`. */
  claimTrack(stem: string, id: number): string {
    return this.take(`${stem}-${id}`, `${stem}-${id}_1`)
  }

  private take(wanted: string, other: string): string {
    let stem = wanted
    for (let attempt = 0; this.taken.has(keyOf(stem)); attempt++) {
      stem = other + (attempt === 0 ? '' : `_${attempt}`)
    }
    this.taken.add(keyOf(stem))
    return stem
  }
}

// Some file systems take upper and lower case for the same, and one spelling in Unicode for another.
function keyOf(stem: string): string {
  return stem.normalize('NFC').toLowerCase()
}
