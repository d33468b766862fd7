import { parse } from 'node:path'

/** Gives pictures the stems of their crops' names, no two the same. */
export class CropNames {
  private readonly taken = new Set<string>()

  /** `a/photo.jpg` gives `a/photo`; if `a/photo.png` has taken that, `a/photo.jpg`. */
  claim(path: string): string {
    const { dir, name, base } = parse(path)
    const folder = dir === '' ? '' : `${dir}/`
    let stem = folder + name
    for (let attempt = 0; this.taken.has(keyOf(stem)); attempt++) {
      stem = folder + base + (attempt === 0 ? '' : `_${attempt}`)
    }
    this.taken.add(keyOf(stem))
    return stem
  }
}

// Some file systems take upper and lower case for the same.
function keyOf(stem: string): string {
  return stem.toLowerCase()
}
