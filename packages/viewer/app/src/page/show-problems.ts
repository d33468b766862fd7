import type { AppError } from '../content/app-error.ts'
import { part } from './part.ts'

/** Says what could not be done and what to do, until it is closed; none closes it. */
export function showProblems(problems: readonly AppError[]): void {
  const card = part('problems', HTMLElement)
  card.replaceChildren(...problems.flatMap(describe))
  card.hidden = problems.length === 0
  if (card.hidden) return
  const close = document.createElement('button')
  close.type = 'button'
  close.className = 'button'
  close.textContent = 'Close'
  close.addEventListener('click', () => {
    showProblems([])
    part('files', HTMLInputElement).focus()
  })
  card.append(close)
}

function describe({ title, advice }: AppError): HTMLElement[] {
  const heading = document.createElement('h2')
  heading.textContent = title
  const text = document.createElement('p')
  text.textContent = advice
  return [heading, text]
}
