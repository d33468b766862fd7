import type { Subject } from '../content/subject.ts'
import { countFaces } from '../content/subject.ts'
import { part } from './part.ts'

/** Calls `onChoice` with the place of the picture that is chosen. */
export function onSubjectChosen(onChoice: (place: number) => void): void {
  const select = part('subjects', HTMLSelectElement)
  select.addEventListener('change', () => onChoice(select.selectedIndex))
}

/** Offers pictures to choose from, if there are several. */
export function offerSubjects(subjects: readonly Subject[], shown: number): void {
  const select = part('subjects', HTMLSelectElement)
  select.replaceChildren(
    ...subjects.map(({ name, faces }) => new Option(`${name}: ${countFaces(faces.length)}`)),
  )
  select.selectedIndex = shown
  part('picture-choice', HTMLElement).hidden = subjects.length < 2
}
