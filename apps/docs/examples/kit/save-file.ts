import { element } from './element.ts'

/** Saves a file of the page's own making where the visitor's downloads go. */
export function saveFile(file: Blob, name: string): void {
  const href = URL.createObjectURL(file)
  element('a', { href, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(href), 10_000)
}
