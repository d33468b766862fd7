/** Gives the focus to `next` if it is in a part of the page that is about to be hidden. */
export function handFocusOn(from: HTMLElement, next: HTMLElement): void {
  if (from.contains(document.activeElement)) next.focus()
}
