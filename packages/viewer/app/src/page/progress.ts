import { part } from './part.ts'

/** Says what is being done, and how much of it is done, 0..1 where that is known. */
export function tellProgress(text: string, share?: number): void {
  const words = part('progress-text', HTMLElement)
  // Screen readers say it again whenever it is written.
  if (words.textContent !== text) words.textContent = text
  const bar = part('progress', HTMLProgressElement)
  if (share === undefined) bar.removeAttribute('value')
  else bar.value = share
}
