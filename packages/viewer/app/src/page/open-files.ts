import { part } from './part.ts'

/** Calls `onFiles` with files that are chosen, dropped anywhere or pasted. */
export function listenForFiles(onFiles: (files: File[]) => void): void {
  const give = (files: FileList | undefined | null) => {
    if (files && files.length > 0) onFiles([...files])
  }
  onChosen('files', onFiles)
  document.addEventListener('paste', ({ clipboardData }) => give(clipboardData?.files))
  document.addEventListener('dragover', (event) => {
    event.preventDefault()
    setDragging(event.dataTransfer?.types.includes('Files') ?? false)
  })
  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!relatedTarget) setDragging(false)
  })
  document.addEventListener('drop', (event) => {
    event.preventDefault()
    setDragging(false)
    give(event.dataTransfer?.files)
  })
}

/** Calls `onFiles` with what is chosen in a file input; the same files can be chosen again. */
export function onChosen(id: string, onFiles: (files: File[]) => void): void {
  const input = part(id, HTMLInputElement)
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])]
    input.value = ''
    if (files.length > 0) onFiles(files)
  })
}

function setDragging(isDragging: boolean): void {
  document.body.classList.toggle('is-dragging', isDragging)
}
